import { asArray, asObject, asString, choicesOf } from '../checks/read.ts'
import type { Observer } from '../types.ts'
import { commonest, isChatReply } from './votes.ts'

const styles: readonly (readonly [style: string, pattern: RegExp])[] = [
  ['chatcmpl-tool', /^chatcmpl-tool-/],
  ['call', /^call_\w+$/],
  ['toolu', /^tool(u|use)_\w+/],
  ['functions', /^functions\.[\w-]+:\d+$/],
  ['uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i],
  ['nine-alphanumeric', /^[A-Za-z0-9]{9}$/],
]

export const toolIdStyle: Observer = {
  id: 'tool-id-style',
  summary: 'compares the ids of calls with the forms that are known',
  sees(view) {
    if (!isChatReply(view)) return undefined
    const [call] = choicesOf(view).flatMap(({ message }) => asArray(asObject(message)?.tool_calls) ?? [])
    const id = asString(asObject(call)?.id)
    if (id === undefined || id === '') return undefined
    return styles.find(([, pattern]) => pattern.test(id))?.[0] ?? 'other'
  },
  decide: commonest,
}
