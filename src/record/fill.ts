import { thinkingFactor } from '../plan/budget.ts'
import type { JsonObject, Traits } from '../types.ts'

export interface Bindings {
  readonly traits: Traits
  /** `model.chat`, `nonce`, and whatever earlier steps captured. */
  readonly names: ReadonlyMap<string, unknown>
  /** Random letters of the given length. */
  readonly random: (length: number) => string
}

/** Thrown when a step needs a value that no earlier step gave: the step cannot be sent. */
export class MissingCapture extends Error {
  constructor(name: string) {
    super(`nothing was captured as "${name}"`)
    this.name = 'MissingCapture'
  }
}

/**
 * Replaces generators and names in a body; the traits of the model choose field names and factors.
 * @throws MissingCapture
 */
export const fill = (template: unknown, bindings: Bindings): unknown => {
  if (typeof template === 'string') return fillText(template, bindings)
  if (Array.isArray(template))
    return template.flatMap((element) => splice(element, bindings) ?? results(element, bindings) ?? [fill(element, bindings)])
  if (typeof template !== 'object' || template === null) return template
  const generated = generate(template as JsonObject, bindings)
  if (generated) return generated.value
  const filled: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(template)) {
    if (isGenerator(value, '$sampling')) {
      // a deterministic answer is asked for with temperature 0, unless the model refuses the member
      if (!bindings.traits.has('no-temperature')) filled[name] = 0
    } else if (isGenerator(value, '$cap')) {
      filled[capName(name, bindings.traits)] = Number((value as JsonObject).$cap) * (bindings.traits.has('thinks') ? thinkingFactor : 1)
    } else filled[name] = fill(value, bindings)
  }
  return filled
}

/** `{{name}}` inside a string; the name must be known, and null is nothing that a text could carry. */
export const fillText = (text: string, { names }: Bindings): string =>
  text.replace(/\{\{\s*([A-Za-z][\w.-]*)\s*\}\}/g, (_, name: string) => {
    const value = names.get(name)
    if (value === undefined || value === null) throw new MissingCapture(name)
    return typeof value === 'string' ? value : JSON.stringify(value)
  })

const capName = (name: string, traits: Traits): string =>
  name === 'max_tokens' && traits.has('max-completion-tokens') ? 'max_completion_tokens' : name

const isGenerator = (value: unknown, name: string): boolean => typeof value === 'object' && value !== null && Object.hasOwn(value, name)

const generate = (template: JsonObject, bindings: Bindings): { value: unknown } | undefined => {
  if (typeof template.$use === 'string') {
    if (!bindings.names.has(template.$use)) throw new MissingCapture(template.$use)
    return { value: bindings.names.get(template.$use) }
  }
  if (typeof template.$nonce === 'number') return { value: bindings.random(template.$nonce) }
  if (isGenerator(template, '$repeat')) {
    const { text, bytes, windows } = template.$repeat as { text: string; bytes?: number; windows?: number }
    const filled = fillText(text, bindings)
    return { value: repeated(filled, bytes ?? windowful(filled, windows ?? 0, bindings)) }
  }
  return undefined
}

/** Windows beyond this one are not overrun: the request would be larger than servers let through. */
const widestWindow = 2_000_000

/** Bytes of a text that comes as often as so many context windows have tokens. */
const windowful = (text: string, windows: number, { names }: Bindings): number => {
  const window = names.get('model.window')
  if (typeof window !== 'number' || window > widestWindow) throw new MissingCapture('model.window')
  return Buffer.byteLength(text) * windows * window
}

/** As many bytes of a text over and over as there are whole characters in them. */
const repeated = (text: string, bytes: number): string => {
  const size = Buffer.byteLength(text)
  if (size === 0 || !(bytes > 0)) return ''
  // a stream decoder keeps back the beginning of a character that was cut
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.alloc(bytes, text), { stream: true })
}

/** An element `{ $splice: name }` stands for the elements of a captured array. */
const splice = (element: unknown, { names }: Bindings): readonly unknown[] | undefined => {
  if (!isGenerator(element, '$splice')) return undefined
  const name = String((element as JsonObject).$splice)
  const value = names.get(name)
  if (!Array.isArray(value)) throw new MissingCapture(name)
  return value
}

/**
 * An element `{ $results: { of: name, content } }` stands for one tool message per captured call, or for one `tool_result`
 * per `tool_use` among the captured blocks of a message: a model may make more
 * calls than it was asked for, and a history that leaves one of them unanswered is refused with good reason.
 */
const results = (element: unknown, bindings: Bindings): readonly unknown[] | undefined => {
  if (!isGenerator(element, '$results')) return undefined
  const { of, content } = (element as JsonObject).$results as { of: string; content: unknown }
  const calls = bindings.names.get(of)
  if (!Array.isArray(calls) || calls.length === 0) throw new MissingCapture(of)
  const uses = calls.filter((block: JsonObject | null) => block?.type === 'tool_use')
  if (uses.length > 0) return uses.map(({ id }: JsonObject) => ({ type: 'tool_result', tool_use_id: id, content: fill(content, bindings) }))
  return calls.map((call: JsonObject | null) => {
    if (call?.id === undefined || call.id === null) throw new MissingCapture(`${of}/id`)
    return { role: 'tool', tool_call_id: typeof call.id === 'string' ? call.id : JSON.stringify(call.id), content: fill(content, bindings) }
  })
}
