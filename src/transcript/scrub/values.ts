import { type ArraySpan, applyChanges, type Change, changed, type Leaf, walkJson } from './json-text.ts'
import { errorWords, freeMembers, jsonMembers, pieceMembers, protocolMembers, schemaMembers } from './vocabulary.ts'
import type { Words } from './words.ts'

/** One JSON text of a body, taken apart. */
export interface Taken {
  readonly text: string
  readonly leaves: readonly Leaf[]
  readonly arrays: readonly ArraySpan[]
  /** Channels of what came in several pieces, by the position of the leaf: what a piece becomes is known when all are. */
  readonly pieces: ReadonlyMap<number, string>
}

/** The text of a value that is whole: JSON inside keeps its names, an inline file its label. */
export const scrubText = (words: Words, text: string, keep?: ReadonlySet<string>): string => {
  const label = /^data:[\w/+.;=-]*,/.exec(text)?.[0] ?? ''
  if (label !== '') return label + words.text(text.slice(label.length))
  return /^\s*[{[]/.test(text) && isJson(text) ? scrubNested(words, text) : words.text(text, keep)
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** JSON in somebody's own words, or the beginning of it: names of members stay, nothing else that is text. */
export const scrubNested = (words: Words, text: string): string => {
  const { leaves } = walkJson(text)
  return applyChanges(
    text,
    leaves.filter(({ kind }) => kind !== 'name').map((leaf) => changed(text, leaf, words.text(leaf.value))),
  )
}

/**
 * @param root the parsed text, when it parses: a stream says there which of several answers a piece belongs to
 * @param number of the text in its body: what is told whole belongs to nothing outside of it
 */
export const takeApart = (text: string, root: unknown, number: number): Taken => {
  const { leaves, arrays } = walkJson(text)
  const pieces = new Map<number, string>()
  for (const [position, { kind, path }] of leaves.entries()) {
    if (kind !== 'string' || isFree(path) || path.includes('top_logprobs')) continue
    const name = nameOf(path)
    const inDelta = isDelta(root, path)
    if (isToken(path) || (inDelta && pieceMembers.has(name))) pieces.set(position, channelOf(path, root, inDelta ? undefined : number))
  }
  return { text, leaves, arrays, pieces }
}

/** Events of the newer APIs name themselves; in chunks of the older ones, the place tells. */
const isDelta = (root: unknown, path: Leaf['path']): boolean => {
  const { type, object } = (root ?? {}) as { type?: unknown; object?: unknown }
  if (typeof type === 'string') return type.endsWith('delta')
  return path.includes('delta') || (path[0] === 'choices' && path[2] === 'text') || String(object).endsWith('.chunk')
}

/** Tokens of log probabilities follow each other in one answer too. */
const isToken = (path: Leaf['path']): boolean => path.includes('logprobs') && /^tokens?$/.test(nameOf(path))

/** The member that a value belongs to, also from inside an array. */
const nameOf = (path: Leaf['path']): string => String(path.findLast((part) => typeof part === 'string') ?? '')

const isFree = (path: Leaf['path']): boolean =>
  path.some((part, at) => at < path.length - 1 && freeMembers.has(String(part))) || path.slice(1, -1).includes('input')

const isSchema = (path: Leaf['path']): boolean => path.some((part) => part === 'parameters' || part === 'schema' || part === 'input_schema')

/** Pieces of one text have one channel: the same path, by the numbers that the answer gives its parts. */
const channelOf = (path: Leaf['path'], root: unknown, number: number | undefined): string => {
  const { type, item_id, output_index, content_index, summary_index, index } = (root ?? {}) as Record<string, unknown>
  let node = root
  const parts = path.map((part) => {
    node = (node as Record<string | number, unknown> | undefined)?.[part]
    const own = (node as { index?: unknown } | null | undefined)?.index
    return typeof part === 'number' && typeof own === 'number' ? own : part
  })
  // tokens stand one beside the other: their own position is not what they belong to
  const place = path.includes('logprobs') ? parts.filter((_, at) => at < path.indexOf('logprobs') || typeof path[at] === 'string') : parts
  return JSON.stringify([type, number, item_id, output_index, content_index, summary_index, index, ...place])
}

/** What the pieces of each channel become, in the order in which they were taken. */
export const scrubPieces = (words: Words, takens: readonly Taken[]): ((channel: string) => string) => {
  const whole = new Map<string, string[]>()
  for (const { leaves, pieces } of takens) {
    for (const [position, channel] of pieces) {
      const list = whole.get(channel) ?? []
      whole.set(channel, list)
      list.push((leaves[position] as Leaf).value)
    }
  }
  const made = new Map<string, string[]>()
  for (const [channel, list] of whole) {
    // pieces that each repeat the one before are a fault that is to stay visible
    const repeated = isCumulative(list)
    const text = repeated ? (list.at(-1) as string) : list.join('')
    const path = JSON.parse(channel) as (string | number)[]
    const next = jsonMembers.has(nameOf(path)) || isCall(path) ? scrubNested(words, text) : scrubText(words, text)
    let to = 0
    const cut = list.map((value) => {
      to += value.length
      return repeated ? next.slice(0, value.length) : next.slice(to - value.length, to)
    })
    // taken from the end
    made.set(channel, cut.reverse())
  }
  return (channel) => made.get(channel)?.pop() ?? ''
}

const isCumulative = (pieces: readonly string[]): boolean => {
  const told = pieces.filter((piece) => piece !== '')
  return told.length > 2 && told.every((piece, at) => at === 0 || (piece.startsWith(told[at - 1] as string) && piece !== told[at - 1]))
}

/** Arguments of the Responses API come in members that are called `delta`. */
const isCall = (channel: readonly (string | number)[]): boolean => /arguments/.test(String(channel[0]))

/** Puts a text together again, with other words. */
export const putTogether = (words: Words, taken: Taken, pieceOf: (channel: string) => string, failed: boolean): string => {
  const { text, leaves, arrays, pieces } = taken
  const changes: Change[] = []
  const tokens = new Map<string, readonly [was: string, is: string]>()
  for (const [position, leaf] of leaves.entries()) {
    const channel = pieces.get(position)
    const next = channel === undefined ? scrubLeaf(words, leaf, tokens, failed) : pieceOf(channel)
    if (nameOf(leaf.path) === 'token') tokens.set(leaf.path.slice(0, -1).join('/'), [leaf.value, next])
    if (next !== leaf.value) changes.push(changed(text, leaf, next))
  }
  return applyChanges(text, [...changes, ...byteArrays(text, arrays, tokens)])
}

type Tokens = ReadonlyMap<string, readonly [was: string, is: string]>

const scrubLeaf = (words: Words, { value, kind, path }: Leaf, tokens: Tokens, failed: boolean): string => {
  const name = nameOf(path)
  // the older form of log probabilities has tokens for names
  if (kind === 'name')
    return path.at(-3) === 'top_logprobs' && path.at(-4) === 'logprobs' && path.length > 4 && !/^(token|logprob|bytes)$/.test(value)
      ? words.text(value)
      : value
  if (isSchema(path) && schemaMembers.has(name)) return value
  if (protocolMembers.has(name) && !isFree(path) && !isSchema(path) && /^[\w.$:[\]/-]{0,64}$/.test(value)) return value
  if (name === 'token' && path.includes('top_logprobs')) {
    const [was, is] = tokens.get(path.slice(0, path.lastIndexOf('top_logprobs')).join('/')) ?? []
    return was === value && is !== undefined ? is : words.text(value)
  }
  if (jsonMembers.has(name) && kind === 'string') return scrubNested(words, value)
  const isError = failed || path.includes('error') || name === 'message'
  return kind === 'bare' ? words.text(value) : scrubText(words, value, isError ? errorWords : undefined)
}

/** `bytes` beside a token spell it out. */
const byteArrays = (text: string, arrays: readonly ArraySpan[], tokens: Tokens): Change[] =>
  arrays.flatMap(({ from, to, path }) => {
    const [was, is] = (path.at(-1) === 'bytes' ? tokens.get(path.slice(0, -1).join('/')) : undefined) ?? []
    if (was === undefined || is === undefined) return []
    const old = text.slice(from, to)
    if (JSON.stringify([...Buffer.from(was)]) !== old.replace(/\s/g, '')) return []
    return [{ from, to, text: `[${[...Buffer.from(is)].join(/,\s/.test(old) ? ', ' : ',')}]` }]
  })
