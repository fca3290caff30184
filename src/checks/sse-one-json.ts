import type { SseEvent, View, Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { isErrorText } from './failure.ts'
import { asObject, show, typeName } from './read.ts'
import { doneEvent } from './read-chat.ts'
import { framingOf, strayLines } from './stream-lines.ts'

const maxViolations = 20

export const sseOneJson = defineCheck({
  id: 'sse-one-json',
  summary: 'each event carries one JSON object or the sentinel',
  codes: ['not-json', 'not-object', 'several'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const framing = framingOf(view)
    if (!framing) return unobserved('no event stream')
    const violations: Violation[] = []
    let torn: ReadonlySet<number> | undefined
    for (const event of view.events) {
      if (asObject(event.json) || isOwnedElsewhere(view, event)) continue
      torn ??= strayLines(view, framing).torn
      if (torn.has(event.index)) continue
      violations.push(violationOf(event))
      if (violations.length >= maxViolations) break
    }
    return verdictOf(violations, view.events.length, 'no event')
  },
})

/** Endpoints whose streams have rules of their own about the sentinel and about failures. */
const endsWithSentinel = /^POST \/(chat\/)?completions$/

/** Empty data is keep-alive in the wrong form, a misspelt sentinel a defect of the sentinel, an error event one of errors. */
const isOwnedElsewhere = (view: View, { index, event, json, data }: SseEvent): boolean => {
  const { endpoint, events } = view
  // whatever word stands in the place of the sentinel
  const isLast = endsWithSentinel.test(endpoint) && index === events.length - 1 && data !== undefined && /^[^{}\n]{1,40}$/.test(data)
  if (isLast && !doneEvent(view)) return true
  if (endsWithSentinel.test(endpoint) && json === undefined && (event === 'error' || isErrorText(data ?? ''))) return true
  const text = typeof json === 'string' ? json : data
  return text !== undefined && /^["'[({<\s]*(done)?[\])}>"'\s]*$/i.test(text)
}

const violationOf = (event: SseEvent): Violation => {
  const expected = 'one JSON object'
  if (event.json !== undefined) return { code: 'not-object', at: at(event), expected, actual: typeName(event.json) }
  const data = event.data ?? ''
  const several = /\}\s*,?\s*\{/.test(data) && startsWithValue(data)
  return { code: several ? 'several' : 'not-json', at: at(event), expected, actual: show(event.data) }
}

/** Whether the text up to some border between two objects is JSON by itself. */
const startsWithValue = (text: string): boolean => {
  let border = text.indexOf('}')
  for (let tries = 0; border >= 0 && tries < 100; tries++) {
    try {
      JSON.parse(text.slice(0, border + 1))
      return true
    } catch {
      border = text.indexOf('}', border + 1)
    }
  }
  return false
}
