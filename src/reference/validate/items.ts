import type { Turn } from '../conversation.ts'
import type { Json } from '../exchange.ts'
import { invalid, missing, Refusal } from '../refusal.ts'
import { listOf, object, string } from './members.ts'
import { textOf } from './messages.ts'

const roles = ['developer', 'system', 'user', 'assistant']
const media = ['input_image', 'input_file', 'input_audio']

const readContent = (content: Json, path: string, own: boolean): string => {
  if (content === undefined || content === null) throw missing(path)
  for (const [index, part] of (Array.isArray(content) ? content : []).entries()) {
    if (!media.includes(part?.type)) continue
    throw invalid(`${path}[${index}].type`, `This model does not take parts of type '${part.type}'.`, 'unsupported_value')
  }
  return textOf(content, path, own ? ['output_text', 'refusal', 'input_text'] : ['input_text', 'output_text'])
}

const required = (item: Json, path: string, ...names: readonly string[]): void => {
  for (const name of names) {
    if (item[name] === undefined) throw missing(`${path}.${name}`)
    string(item[name], `${path}.${name}`)
  }
}

/** What one input item adds to the conversation; nothing for a thought, which is only carried along. */
const readItem = (item: Json, path: string): Turn => {
  const type = item.type ?? (item.role === undefined ? undefined : 'message')
  if (type === undefined) throw missing(`${path}.type`)
  if (type === 'message') {
    if (item.role === undefined) throw missing(`${path}.role`)
    if (!roles.includes(item.role)) throw invalid(`${path}.role`, `Invalid '${path}.role': expected one of ${roles.join(', ')}.`)
    const text = readContent(item.content, `${path}.content`, item.role === 'assistant')
    return { role: item.role === 'developer' ? 'system' : item.role, text }
  }
  if (type === 'function_call') {
    required(item, path, 'call_id', 'name', 'arguments')
    return { role: 'assistant', text: '', calls: [{ id: item.call_id, name: item.name, arguments: item.arguments }] }
  }
  if (type === 'function_call_output') {
    required(item, path, 'call_id')
    if (item.output === undefined) throw missing(`${path}.output`)
    const text = item.output === '' ? '' : readContent(item.output, `${path}.output`, false)
    return { role: 'tool', text, answers: item.call_id }
  }
  if (type === 'reasoning') {
    if (!Array.isArray(item.summary)) throw missing(`${path}.summary`)
    const parts = [...item.summary, ...(Array.isArray(item.content) ? item.content : [])]
    return { role: 'assistant', text: parts.map((part) => String(part?.text ?? '')).join('\n') }
  }
  throw invalid(`${path}.type`, `Invalid '${path}.type': ${JSON.stringify(type)} is not an input item.`)
}

/** References replaced by the stored items that they name. */
export const resolveItems = (input: Json, storedItem: (id: string) => Json | undefined): Json => {
  if (!Array.isArray(input)) return input
  return input.map((item) => {
    if (item?.type !== 'item_reference') return item
    const found = storedItem(item.id)
    if (found === undefined) throw new Refusal(`Item with id '${item.id}' not found.`, { status: 404, param: 'input' })
    return found
  })
}

/**
 * The turns of an input, after those of an earlier response.
 * Every output needs its call, and every call its output, in the input or in the history.
 */
export const readInput = (input: Json, history: readonly Turn[]): Turn[] => {
  if (typeof input !== 'string') listOf(object, 1)(input, 'input')
  const turns: Turn[] =
    typeof input === 'string'
      ? [{ role: 'user', text: input }]
      : input.map((item: Json, index: number) => readItem(item, `input[${index}]`))
  const called = new Set<string>()
  const answered = new Set<string>()
  for (const turn of [...history, ...turns]) {
    for (const call of turn.calls ?? []) called.add(call.id)
    if (turn.answers === undefined) continue
    if (!called.has(turn.answers)) throw invalid('input', `No tool call found for function call output with call_id ${turn.answers}.`)
    answered.add(turn.answers)
  }
  const open = [...called].find((id) => !answered.has(id))
  if (open !== undefined) throw invalid('input', `No tool output found for function call ${open}.`)
  return turns
}
