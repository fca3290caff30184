import { isCallText } from './call-text.ts'
import type { Handed, HandedCall } from './handed.ts'
import { isWholeJson } from './loose.ts'
import { contentSymptoms } from './symptoms.ts'
import type { Wire, WireCall } from './wire.ts'

export type ContentSymptom = keyof typeof contentSymptoms

/** A tool of the request, with a validator for what it is called with. */
export interface Tool {
  readonly name: string
  readonly schema: object
  readonly fits: (input: unknown) => boolean
}

const rank = { breaks: 0, unknown: 1, degraded: 2, works: 3 } as const

/** The worst of several; the first of equals. */
export const worst = (symptoms: readonly ContentSymptom[]): ContentSymptom =>
  [...symptoms].sort((one, other) => rank[contentSymptoms[one].result] - rank[contentSymptoms[other].result])[0] ?? 'works'

/** What differs between what was sent and what the client handed over. @param callable the tools that the answer was free to call */
export const compareContent = (handed: Handed, wire: Wire, tools: readonly Tool[], callable = tools): readonly ContentSymptom[] => [
  ...compareText(handed, wire, callable),
  ...compareCalls(handed, wire, tools),
]

const thinks = /<think>[\s\S]*<\/think>|^\s*<think>/

const compareText = (handed: Handed, wire: Wire, callable: readonly Tool[]): readonly ContentSymptom[] => {
  const found: ContentSymptom[] = []
  const { text, calls } = handed
  if (text.trim() === '' && calls.length === 0) {
    if (wire.calls.length > 0) return []
    if (wire.text.trim() !== '' || wire.misplaced.trim() !== '') return ['blank']
    if (wire.refusal !== '') return ['refusal-dropped']
    if (handed.reasoning !== '') return ['reasoning-only']
    return wire.reasoning === '' ? ['empty'] : ['empty', 'reasoning-dropped']
  }
  if (text !== wire.text && wire.refusal === '' && !wire.failures.length) found.push('text-differs')
  if (handed.reasoning === '' && wire.reasoning.trim() !== '') found.push('reasoning-dropped')
  if (thinks.test(text)) found.push('thinking-in-text')
  if (callable.length > 0 && calls.length === 0 && isCallText(text, callable)) found.push('tool-call-as-text')
  return found
}

const compareCalls = (handed: Handed, wire: Wire, tools: readonly Tool[]): readonly ContentSymptom[] => {
  const found: ContentSymptom[] = []
  // a call without a name can be handed to nobody, and some clients leave it out
  const named = wire.calls.filter(({ name }) => name !== '')
  if (handed.calls.length < named.length && !(wire.cut && handed.calls.length === named.length - 1)) found.push('tool-call-lost')
  if (named.length < wire.calls.length) found.push('unknown-tool')
  const sent = handed.calls.length === wire.calls.length ? wire.calls : named
  // calls are handed over as they become complete, which need not be the order in which they began
  const byId = (id: string) => {
    const own = sent.filter((each) => each.id === id)
    return id !== '' && own.length === 1 ? own[0] : undefined
  }
  for (const [position, call] of handed.calls.entries()) found.push(...compareCall(call, byId(call.id) ?? sent[position], wire, tools))
  if (handed.calls.length > wire.calls.length) found.push('duplicate-call')
  const ids = handed.calls.map(({ id }) => id).filter((id) => id !== '')
  if (new Set(ids).size < ids.length) found.push('duplicate-tool-ids')
  return found
}

const compareCall = (call: HandedCall, sent: WireCall | undefined, wire: Wire, tools: readonly Tool[]): readonly ContentSymptom[] => {
  const found = compareSent(call, sent, wire, tools)
  return call.id === '' ? [...found, 'empty-tool-id'] : found
}

const compareSent = (call: HandedCall, sent: WireCall | undefined, wire: Wire, tools: readonly Tool[]): readonly ContentSymptom[] => {
  const found: ContentSymptom[] = []
  // a call that nobody could expect, such as one of a tool that the endpoint runs itself
  if (!sent) return call.invalid !== undefined || call.name === 'invalid' ? ['unknown-tool'] : found
  const tool = tools.find(({ name }) => name.toLowerCase() === sent.name.toLowerCase())
  if (!tool && sent.joined !== sent.name && tools.some(({ name }) => name === sent.joined)) return [...found, 'tool-name-cut']
  // a library hands a call over by whatever name it read; one that validates says so itself
  if (
    !tool ||
    (call.name !== tool.name && call.invalid === undefined && (call.name === '' || call.name.toLowerCase() === tool.name.toLowerCase()))
  )
    return [...found, 'unknown-tool']
  // OpenCode calls its own tool in place of one that cannot be called
  const replaced = call.name !== tool.name && call.name.toLowerCase() !== tool.name.toLowerCase()
  if (call.invalid !== undefined || replaced || (typeof call.input === 'string' && !isWholeJson(sent.text) && !isText(sent.text))) {
    const garbled = sent.fragments.length > 1 && sent.fragments.some((fragment) => fragment.startsWith('{') && isWholeJson(fragment))
    return [...found, garbled && !wire.cut ? 'arguments-garbled' : 'invalid-arguments']
  }
  if (typeof call.input === 'string') return [...found, 'arguments-encoded-twice']
  if (sent.text !== '' && !same(call.input, sent.text)) {
    const more = behind(call.input, sent)
    if (more?.isEcho) return [...found, 'duplicate-call']
    // what can be called with is called with; a placeholder that was meant to grow is not what was asked for
    if (more === undefined || isPlaceholder(call.input) || !tool.fits(call.input)) return [...found, 'arguments-lost']
    if (/[^\s}\]]/.test(more.rest)) return [...found, 'arguments-rest-dropped']
  }
  if (!tool.fits(call.input)) found.push('arguments-unfit')
  return found
}

/** What came behind the fragments that were called with; clients have called by then. `isEcho`: the same fragments once more. */
const behind = (input: unknown, { text, fragments }: WireCall): { readonly rest: string; readonly isEcho: boolean } | undefined => {
  let once = ''
  for (const fragment of fragments) {
    once += fragment
    if (same(input, once)) {
      const isEcho = text.length % once.length === 0 && once.repeat(text.length / once.length) === text
      return { rest: text.slice(once.length), isEcho }
    }
  }
  return undefined
}

const isPlaceholder = (input: unknown): boolean => typeof input !== 'object' || input === null || Object.keys(input).length === 0

const isText = (text: string): boolean => {
  try {
    return typeof JSON.parse(text) === 'string'
  } catch {
    return false
  }
}

const same = (input: unknown, text: string): boolean => {
  try {
    return JSON.stringify(input) === JSON.stringify(JSON.parse(text))
  } catch {
    return false
  }
}
