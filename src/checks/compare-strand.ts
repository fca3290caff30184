import type { JsonObject, SseEvent, Violation } from '../types.ts'
import { at } from './define-check.ts'
import { asArray, asObject, asString, show } from './read.ts'
import { isDense } from './read-responses.ts'
import { textOf } from './read-responses-items.ts'
import type { Strand, StreamItem } from './read-responses-state.ts'

// Deltas joined, the done event, the closed part and the done item: up to four places that hold the same string.

export const strandCodes = [
  'order',
  'end-missing',
  'end-repeated',
  'close-missing',
  'deltas-differ',
  'end-differs',
  'part-differs',
  'item-differs',
] as const

interface Final {
  readonly event: SseEvent
  readonly pointer: string
  readonly text: string | undefined
}

interface Form {
  /** The member of the done event that holds the whole text. */
  readonly member: string
  /** Whether the text belongs to a part that is opened and closed around it. */
  readonly inPart: boolean
}

/**
 * What is wrong with one text. When all later places agree against the deltas, the deltas are to blame, once;
 * otherwise each place that differs from the deltas is.
 * @param final the text in the done item; absent while the item is not done
 */
export const strandViolations = (strand: Strand, final: Final | undefined, { member, inPart }: Form): readonly Violation[] => {
  if (strand.unreadable) return []
  const found: Violation[] = []
  if (strand.late) found.push({ code: 'order', at: at(strand.late), expected: 'deltas, then done, then the end of the part' })
  if (strand.again) found.push({ code: 'end-repeated', at: at(strand.again), expected: 'once' })
  // an item that was never closed is the finding of another requirement, which its parts only repeat
  if (final && !strand.ended)
    found.push({ code: 'end-missing', at: at(final.event), expected: `a done event with ${member}`, actual: 'absent' })
  if (final && inPart && strand.opened && !strand.closed)
    found.push({ code: 'close-missing', at: at(final.event), expected: 'a done event of the part', actual: 'absent' })

  const places: [code: string, event: SseEvent, pointer: string, text: string | undefined][] = []
  if (strand.ended) places.push(['end-differs', strand.ended, `/${member}`, strand.endedText])
  if (strand.closed && strand.closedText !== undefined) places.push(['part-differs', strand.closed, '/part/text', strand.closedText])
  if (final) places.push(['item-differs', final.event, final.pointer, final.text])
  const [first] = places
  const differing = places.filter(([, , , text]) => text !== strand.joined)
  if (!first || differing.length === 0) return found
  const agree = differing.length === places.length && places.every(([, , , text]) => text === first[3])
  const blamed = agree ? [['deltas-differ', ...first.slice(1)] as typeof first] : differing
  const expected = show(agree ? first[3] : strand.joined)
  for (const [code, event, pointer, text] of blamed) {
    found.push({ code, at: at(event, pointer), expected, actual: show(agree ? strand.joined : text) })
  }
  return found
}

const typeOf = (item: StreamItem): string | undefined => asString(item.doneItem?.type) ?? asString(item.addedItem?.type)

const isMessage = (item: StreamItem): boolean =>
  typeOf(item) === 'message' || [...item.parts.values()].some(({ channel }) => channel !== 'reasoning')

/** Texts and refusals of a message. */
export const messageViolations = (item: StreamItem): readonly Violation[] =>
  isMessage(item) ? listViolations(item, item.parts, item.doneItem?.content, 'content') : []

/** Arguments of a function call. */
export const argumentViolations = (item: StreamItem): readonly Violation[] => {
  const whole = item.doneItem?.arguments
  if (typeOf(item) !== 'function_call' && !item.args) return []
  const final = item.done && item.doneItem ? { event: item.done, pointer: '/item/arguments', text: asString(whole) } : undefined
  if (item.args) return strandViolations(item.args, final, { member: 'arguments', inPart: false })
  if (!final?.text) return []
  return [{ code: 'deltas-differ', at: at(final.event, final.pointer), expected: show(final.text), actual: 'no deltas' }]
}

/** Summaries and raw text of a reasoning item. */
export const reasoningViolations = (item: StreamItem): readonly Violation[] => [
  ...listViolations(item, item.summaries, item.doneItem?.summary, 'summary'),
  ...(isMessage(item) ? [] : listViolations(item, item.parts, item.doneItem?.content, 'content')),
]

/** Each text of a list in the done item beside what was streamed of it. */
const listViolations = (item: StreamItem, strands: ReadonlyMap<number, Strand>, list: unknown, member: string): readonly Violation[] => {
  const { done } = item
  if (!isDense(strands)) return []
  const parts = asArray(list)
  const finalOf = (index: number): Final | undefined =>
    done &&
    item.doneItem && {
      event: done,
      pointer: `/item/${member}/${index}/text`,
      text: textOf(asObject(parts?.[index]) as JsonObject | undefined),
    }
  const found = [...strands.values()].flatMap((strand) =>
    strandViolations(strand, finalOf(strand.index), { member: strand.channel === 'refusal' ? 'refusal' : 'text', inPart: true }),
  )
  for (const index of (parts ?? []).keys()) {
    const final = strands.has(index) ? undefined : finalOf(index)
    if (final?.text)
      found.push({ code: 'deltas-differ', at: at(final.event, final.pointer), expected: show(final.text), actual: 'no deltas' })
  }
  return found
}

/** States of a done item; one that is still at work is the finding of the requirement about done items. */
const settled = new Set<unknown>([undefined, null, 'completed', 'incomplete'])

/**
 * Whether earlier places of the stream disagree about an item, so that no later place can be compared with them:
 * the requirement that compares those has the finding.
 */
export const isDisputed = (item: StreamItem): boolean =>
  !settled.has(item.doneItem?.status) ||
  ['type', 'name', 'call_id'].some((member) => item.addedItem && item.doneItem && item.addedItem[member] !== item.doneItem[member]) ||
  messageViolations(item).length > 0 ||
  argumentViolations(item).length > 0 ||
  reasoningViolations(item).length > 0
