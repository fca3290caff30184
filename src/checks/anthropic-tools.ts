import type { JsonObject, View, Violation } from '../types.ts'
import { defineCheck, inCompletion, unobserved, verdictOf, violated } from './define-check.ts'
import { errorOf, isSuccess } from './failure.ts'
import { asArray, asObject, asString, show } from './read.ts'
import { blocksOf, isCut, messageOf, type PlacedBlock, toolsOf } from './read-messages.ts'
import { callMarkup } from './tool-markup.ts'

/** Ids, names and inputs are there with their types by the schema; here is what they must say. */
export const anthropicTools = defineCheck({
  id: 'anthropic-tools',
  summary: 'the use of a tool is a block of a declared tool with an id of its own, and its result is accepted',
  codes: ['ignored', 'undeclared', 'other-tool', 'repeated-id', 'stop-reason', 'no-block', 'result-refused'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const tools = toolsOf(view)
    if (tools.size === 0 || view.breaks !== undefined) return unobserved('the request declares no tools')
    if (bringsResult(view) && isSound(view) && [400, 404, 422].includes(view.response.status)) {
      const said = asString(errorOf(view)?.message) ?? ''
      return violated({
        code: 'result-refused',
        at: { in: 'status' },
        expected: '2xx',
        actual: `${view.response.status} ${said}`.slice(0, 120),
      })
    }
    const message = messageOf(view)
    if (!isSuccess(view) || !message) return unobserved(`answered ${view.response.status} without a message`)
    const uses = blocksOf(message).filter(({ block }) => block.type === 'tool_use')
    if (uses.length === 0) return verdictOf(withoutUse(view, message), bringsResult(view) ? 1 : 0, 'no tool was used')
    return verdictOf([...useViolations(view, uses, tools), ...reasonViolations(message)], uses.length, '')
  },
})

const bringsResult = (view: View): boolean => {
  const messages = asArray(asObject(view.request)?.messages) ?? []
  return (asArray(asObject(messages[messages.length - 1])?.content) ?? []).some((block) => asObject(block)?.type === 'tool_result')
}

/** What was used comes back as it was told, with whatever was wrong with it: only what was right must be taken. */
const isSound = (view: View): boolean =>
  (asArray(asObject(view.request)?.messages) ?? [])
    .flatMap((message) => asArray(asObject(message)?.content) ?? [])
    .map(asObject)
    .every((block) => block?.type !== 'tool_use' || (asString(block.id) && asString(block.name) && asObject(block.input)))

const choiceOf = (view: View): JsonObject | undefined => asObject(asObject(view.request)?.tool_choice)

const withoutUse = (view: View, message: JsonObject): Violation[] => {
  // a stream may have lost the block in a way that another rule names
  if (message.stop_reason === 'tool_use' && !view.streamed)
    return [{ code: 'no-block', at: inCompletion('/content'), expected: 'a tool_use block', actual: show(message.content) }]
  const choice = choiceOf(view)
  const forced = choice?.type === 'any' || choice?.type === 'tool'
  const text = blocksOf(message)
    .map(({ block }) => asString(block.text) ?? '')
    .join('')
  if (!forced || message.stop_reason !== 'end_turn' || text.trim() === '') return []
  const actual = callMarkup(text, false) === undefined ? show(text) : `a call left in the text: ${show(text)}`
  return [{ code: 'ignored', at: inCompletion('/content'), expected: `a tool_use block: tool_choice is ${show(choice)}`, actual }]
}

const useViolations = (view: View, uses: readonly PlacedBlock[], tools: ReadonlyMap<string, JsonObject>): Violation[] => {
  const choice = choiceOf(view)
  const only = choice?.type === 'tool' ? asString(choice.name) : undefined
  const ids = new Set<string>()
  return uses.flatMap(({ block, pointer }): Violation[] => {
    const [id, name] = [asString(block.id), asString(block.name)]
    const again = id !== undefined && id !== '' && ids.has(id)
    if (id !== undefined) ids.add(id)
    const at = inCompletion(`${pointer}/name`)
    return [
      ...(again ? [{ code: 'repeated-id', at: inCompletion(`${pointer}/id`), expected: 'an id of its own', actual: show(id) }] : []),
      ...(name && !tools.has(name) ? [{ code: 'undeclared', at, expected: [...tools.keys()].join(' or '), actual: show(name) }] : []),
      ...(name && only !== undefined && tools.has(name) && name !== only
        ? [{ code: 'other-tool', at, expected: only, actual: show(name) }]
        : []),
    ]
  })
}

const reasonViolations = (message: JsonObject): Violation[] => {
  const reason = asString(message.stop_reason)
  if (reason === undefined || reason === 'tool_use' || (isCut(message) && reason !== 'pause_turn')) return []
  return [{ code: 'stop-reason', at: inCompletion('/stop_reason'), expected: 'tool_use', actual: reason }]
}
