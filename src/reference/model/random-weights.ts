import { createHash } from 'node:crypto'
import type { Task, Tool } from '../conversation.ts'
import type { Json, Speech } from '../exchange.ts'
import { resolved, sampleValue } from './sample-value.ts'

/** A model whose weights are noise: `reference-random-7`, or `reference-random-thinking-7`. The number is its seed. */
export const hasRandomWeights = (model: string): boolean => model.startsWith('reference-random')

/** A number from 0 up to but not including 1. */
type Dice = () => number

/** What a vocabulary holds besides words: bytes that are no text, control characters and marks of markup. */
const vocabulary: readonly string[] = [
  ...'the of and ing er OK alpha user assistant null zx qu Ġ ▁sea naïve ß İ ﬁ é 中文 日 本 かな 한국 нет שלום مرحبا हिन्दी ไทย ⴰⵎ ᚠᚢ'.split(
    ' ',
  ),
  ...'😀 👩‍👩‍👧 🏳️‍🌈 𝔘 𐍈 ** # ``` ` - | " \' \\ \\n \\u { } [ ] {" ": {} [] &lt; < > </ : . , ", \\" https:// \ufffd \ufffd\ufffd'.split(
    ' ',
  ),
  ...['e\u0301', ' river', ' sea', ' 7', ' 1 2 3', ' I cannot', ' "', ' of', ' \ufffd', ' ', '   ', '\t', '\n', '\n\n', '\r', '\r\n'],
  ...['\u200b', '\u200f', '\ufeff', '\u00ad', '\u2028', '\u2029', '\u0085', '\u0000', '\u0001', '\u0007', '\b', '\u001b[31m', '\u007f'],
]

/** Marks of the protocols around a model. Each is one token among many thousands, so they are drawn more seldom. */
const marks: readonly string[] = [
  ...'<think> </think> <reasoning> [/THINK] <|channel|> <tool_call> </tool_call> <function= [TOOL_CALLS] <|python_tag|>'.split(' '),
  ...'<|im_end|> <|endoftext|> </s> [DONE] data: "finish_reason":"stop" Bearer sk- call_ get_weather error'.split(' '),
  ...[
    'data: [DONE]',
    '\n\ndata: {"',
    'event: error\n',
    ': ping',
    '{"error":{"message":"',
    '{"name": "get_weather"',
    '"arguments": {',
    '```json\n',
  ],
]

const pick = <T>(dice: Dice, list: readonly T[]): T => list[Math.floor(dice() * list.length)] as T

/** mulberry32: small, quick, and the same everywhere. */
const diceOf = (seed: string): Dice => {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const babble = (dice: Dice, tokens: number): string => {
  let text = ''
  for (let index = 0; index < tokens; index += 1) text += pick(dice, dice() < 0.005 ? marks : vocabulary)
  return text
}

const anyValue = (dice: Dice): Json => pick(dice, [babble(dice, 3), dice() * 1e6, -1, true, null, [], { x: babble(dice, 1) }, ''])

/** A value in the form of a schema, as constrained decoding gives it: right in form, senseless in content. */
const shapedValue = (given: Json, dice: Dice, root: Json = given, depth = 0): Json => {
  const schema = resolved(given, root)
  const inner = (part: Json): Json => shapedValue(part, dice, root, depth + 1)
  if (depth > 8) return sampleValue(schema, root)
  if (Array.isArray(schema?.enum)) return pick(dice, schema.enum)
  if (Array.isArray(schema?.anyOf)) return inner(pick(dice, schema.anyOf))
  if (schema?.type === 'object' && schema.properties) {
    const names = Object.keys(schema.properties).filter((name) => schema.required?.includes(name) || dice() < 0.5)
    return Object.fromEntries(names.map((name) => [name, inner(schema.properties[name])]))
  }
  if (schema?.type === 'array' && schema.items) {
    const least = schema.minItems ?? 0
    return Array.from({ length: least + Math.floor(dice() * Math.min(3, (schema.maxItems ?? 9) - least + 1)) }, () => inner(schema.items))
  }
  if (schema?.type === 'string' && schema.pattern === undefined && schema.format === undefined) {
    return babble(dice, Math.max(schema.minLength ?? 0, Math.floor(dice() * 6))).slice(0, schema.maxLength)
  }
  return sampleValue(schema, root)
}

/** One call in JSON. Where nothing constrains the model, even its form is a matter of luck. */
const argumentsOf = (tool: Tool, constrained: boolean, dice: Dice): string => {
  const schema = tool.parameters ?? { type: 'object' }
  if (constrained || tool.strict) return JSON.stringify(shapedValue(schema, dice), null, pick(dice, [0, 0, 2]))
  return JSON.stringify(dice() < 0.5 ? shapedValue(schema, dice) : { [babble(dice, 1)]: anyValue(dice) })
}

const firstStop = (text: string, stops: readonly string[]): number =>
  Math.min(text.length, ...stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0))

/** Noise runs into a cap that is near; where the cap is far away or absent, something ends it before. */
const near = 2048

/** What is asked, without what a client draws at random or copies from an answer: so a run can be repeated. */
export const gistOf = (task: Task): string => JSON.stringify(task).replace(/[A-Za-z]{16}|\d{6,}/g, '')

/**
 * What noise says under a task: it obeys nothing but the cap, the stop sequences and the grammar that a server lays over it.
 * The same gist gets the same words when it was asked as often before.
 */
export const babbleOn = (task: Task, askedBefore: number, nextCallId: () => string): Speech => {
  const dice = diceOf(`${gistOf(task)} ${askedBefore}`)
  // a habit of the server, not of the moment
  const server = diceOf(task.model)
  const namedFinish = pick(server, ['stop', 'tool_calls'])
  const emptyContent = pick(server, [null, ''])
  const cap = task.cap ?? Number.POSITIVE_INFINITY
  const isNear = cap <= near
  let left = cap
  let used = 0
  /** So much as there is room for, but no more than anybody would read. */
  const some = (share: number): number => Math.floor(share * Math.min(left, near))
  /** So many tokens, or all that are left; tells whether the model came to an end of its own. */
  const spend = (wanted: number): { tokens: number; ended: boolean } => {
    const tokens = Math.min(wanted, left)
    left -= tokens
    used += tokens
    return { tokens, ended: tokens === wanted && left > 0 }
  }
  // some tokens of real vocabularies print nothing, so the text may be shorter than its count says
  const mute = dice() < 0.3
  const write = (tokens: number): string => (mute && tokens < 5 ? '' : babble(dice, tokens))
  const spoken: Speech = { reasoning: '', reasoningTokens: 0, calls: [], content: '', finish: 'stop', completionTokens: 0 }
  const end = (finish: string): Speech => ({ ...spoken, finish, completionTokens: used })

  if (task.effort !== 'none' && dice() < 0.9) {
    const thought = spend(isNear && dice() < 0.4 ? cap : some(dice()))
    spoken.reasoning = babble(dice, thought.tokens)
    spoken.reasoningTokens = thought.tokens
    if (!thought.ended) return end('length')
    // the end of the text came before the end of the thoughts
    if (dice() < 0.05) return { ...end('stop'), content: null }
  }

  const only = task.tools.filter((tool) => task.choice.only?.includes(tool.name) ?? true)
  const forced = task.choice.mode === 'required' && only.length > 0
  if (forced || (task.choice.mode === 'auto' && only.length > 0 && dice() < 0.08)) {
    spoken.content = emptyContent
    if (dice() < 0.2) spoken.content = write(spend(Math.floor(dice() * 8)).tokens) || emptyContent
    const wanted = task.parallel ? 1 + Math.floor(dice() * 3) : 1
    for (let index = 0; index < wanted; index += 1) {
      const tool = pick(dice, only)
      if (!spend(2).ended) return end('length')
      const text = argumentsOf(tool, forced, dice)
      const cost = isNear && dice() < 0.25 ? left : Math.max(1, Math.ceil(text.length / 4))
      const { tokens, ended } = spend(cost)
      const whole = ended ? text : text.slice(0, Math.min(text.length - 1, tokens * 4))
      spoken.calls.push({ id: nextCallId(), name: tool.name, arguments: whole })
      if (!ended) return end('length')
    }
    const named = task.choice.only?.length === 1 && task.choice.mode === 'required'
    return end(named ? namedFinish : 'tool_calls')
  }

  if (task.format !== 'text') {
    const text = JSON.stringify(shapedValue(task.format === 'json' ? { type: 'object' } : task.format.schema, dice))
    const { tokens, ended } = spend(isNear && dice() < 0.3 ? cap : Math.ceil(text.length / 4))
    spoken.content = ended ? text : `${text.slice(0, Math.min(text.length - 1, tokens * 4))}`
    return end(ended ? 'stop' : 'length')
  }
  const { tokens, ended } = spend(isNear && dice() < 0.4 ? cap : pick(dice, [0, 1, some(dice()), some(dice()), some(dice())]))
  const text = write(tokens)
  const at = firstStop(text, task.stops)
  spoken.content = text.slice(0, at)
  // nothing is generated behind a stop sequence
  used -= Math.floor(tokens * (1 - at / Math.max(1, text.length)))
  return end(at < text.length || ended ? 'stop' : 'length')
}
