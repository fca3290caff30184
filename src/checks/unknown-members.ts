import type { JsonObject, JsonPointer, Locus, View, Violation } from '../types.ts'
import { at, defineCheck, held, inBody, unobserved } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { asArray, asObject, typeName } from './read.ts'

/** Members that the OpenAPI document of OpenAI gives these objects. */
const completion = new Set([
  'id',
  'object',
  'created',
  'model',
  'choices',
  'usage',
  'service_tier',
  'system_fingerprint',
  'metadata',
  'request_id',
  'moderation',
  'obfuscation',
])
const choice = new Set(['index', 'message', 'delta', 'finish_reason', 'logprobs'])
/** A plain continuation has text in the place of a message. */
const textChoice = new Set(['index', 'text', 'finish_reason', 'logprobs'])
const message = new Set(['role', 'content', 'refusal', 'tool_calls', 'function_call', 'annotations', 'audio'])
const usage = new Set(['prompt_tokens', 'completion_tokens', 'total_tokens', 'prompt_tokens_details', 'completion_tokens_details'])

/** Later chunks repeat the members of the first ones. */
const maxEvents = 50
const maxNotes = 10

/** Vendors may add members; they are listed, never blamed. */
export const unknownMembers = defineCheck({
  id: 'unknown-members',
  summary: 'lists members that the documented objects do not have',
  codes: ['unknown-member'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!isSuccess(view)) return unobserved(`answered ${view.response.status}`)
    const notes: Violation[] = []
    const seen = new Set<string>()
    let objects = 0
    for (const { value, locate } of objectsOf(view)) {
      if (!Array.isArray(value.choices)) continue
      objects++
      eachUnknown(value, (name, pointer, found) => {
        if (seen.has(name) || notes.length >= maxNotes) return
        seen.add(name)
        notes.push({ code: 'unknown-member', at: locate(pointer), actual: typeName(found) })
      })
    }
    return objects > 0 ? held(objects, notes) : unobserved('no chat completion')
  },
})

const objectsOf = (view: View): readonly { value: JsonObject; locate: (pointer: JsonPointer) => Locus }[] => {
  if (!view.streamed) {
    const value = asObject(view.json)
    return value ? [{ value, locate: inBody }] : []
  }
  return view.events.slice(0, maxEvents).flatMap((event) => {
    const value = asObject(event.json)
    return value ? [{ value, locate: (pointer: JsonPointer) => at(event, pointer) }] : []
  })
}

type Visit = (name: string, pointer: JsonPointer, value: unknown) => void

const eachUnknown = (value: JsonObject, visit: Visit): void => {
  visitUnknown(value, completion, '', '', visit)
  visitUnknown(asObject(value.usage), usage, 'usage.', '/usage', visit)
  for (const [position, entry] of (asArray(value.choices) ?? []).slice(0, 4).entries()) {
    const pointer = `/choices/${position}`
    visitUnknown(asObject(entry), value.object === 'text_completion' ? textChoice : choice, 'choice.', pointer, visit)
    for (const part of ['message', 'delta'])
      visitUnknown(asObject(asObject(entry)?.[part]), message, `${part}.`, `${pointer}/${part}`, visit)
  }
}

const visitUnknown = (
  object: JsonObject | undefined,
  known: ReadonlySet<string>,
  prefix: string,
  pointer: JsonPointer,
  visit: Visit,
): void => {
  for (const name in object)
    if (!known.has(name)) visit(`${prefix}${name}`, `${pointer}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`, object[name])
}
