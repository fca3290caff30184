import { isDeepStrictEqual } from 'node:util'
import type { JsonObject, Violation } from '../types.ts'
import { defineCheck, inCompletion, unobserved, verdictOf } from './define-check.ts'
import { asArray, asObject, asString, show } from './read.ts'
import { readResponses } from './read-responses.ts'

type Compare = (sent: unknown, echoed: unknown) => boolean

const same: Compare = (sent, echoed) => sent === echoed || isDeepStrictEqual(sent, echoed)

/** What a vendor adds to the metadata does not change what was sent. */
const sameMembers: Compare = (sent, echoed) =>
  Object.entries(asObject(sent) ?? {}).every(([name, value]) => same(value, asObject(echoed)?.[name]))

/** 0.9 may come back as the nearest single-precision number. */
const near: Compare = (sent, echoed) => typeof sent === 'number' && typeof echoed === 'number' && Math.abs(sent - echoed) < 1e-6

const namesOf = (tools: unknown): readonly string[] =>
  (asArray(tools) ?? []).map((tool) => `${asObject(tool)?.type} ${asObject(tool)?.name}`)

/** Strict tools come back with their schema completed, so only what they are is compared. */
const sameTools: Compare = (sent, echoed) => same(namesOf(sent), namesOf(echoed))

const sameChoice: Compare = (sent, echoed) =>
  typeof sent === 'string'
    ? sent === echoed
    : asObject(echoed)?.type === asObject(sent)?.type && asObject(echoed)?.name === asObject(sent)?.name

const sameFormat: Compare = (sent, echoed) => {
  const [wanted, got] = [asObject(asObject(sent)?.format), asObject(asObject(echoed)?.format)]
  return wanted === undefined || (got?.type === wanted.type && (asString(wanted.name) === undefined || got?.name === wanted.name))
}

/** What is always present is missed by the requirement about that; the rest is missed here. */
const members: readonly [name: string, compare: Compare, always: boolean][] = [
  ['temperature', near, true],
  ['top_p', near, true],
  ['tools', sameTools, true],
  ['tool_choice', sameChoice, true],
  ['parallel_tool_calls', same, true],
  ['instructions', same, true],
  ['metadata', sameMembers, true],
  ['text', sameFormat, false],
  ['max_output_tokens', same, false],
  ['previous_response_id', same, false],
]

export const responsesEcho = defineCheck({
  id: 'responses-echo',
  summary: 'what was asked for is echoed',
  codes: ['missing', 'different'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const request = asObject(view.request)
    const reply = asObject(view.completion)
    if (view.streamed && !readResponses(view)?.terminal) return unobserved('no terminal event')
    if (!request || !reply || reply.object !== 'response' || reply.status === 'failed') return unobserved('no reply')
    const sent = members.filter(([name]) => request[name] !== undefined && request[name] !== null)
    return verdictOf(
      sent.flatMap((member) => violation(member, request, reply)),
      sent.length,
      'nothing was sent that is echoed',
    )
  },
})

const violation = ([name, compare, always]: (typeof members)[number], request: JsonObject, reply: JsonObject): readonly Violation[] => {
  const echoed = reply[name]
  if (echoed === undefined && always) return []
  if (echoed !== undefined && compare(request[name], echoed)) return []
  return [
    {
      code: echoed === undefined ? 'missing' : 'different',
      at: inCompletion(`/${name}`),
      expected: show(request[name]),
      actual: show(echoed),
    },
  ]
}
