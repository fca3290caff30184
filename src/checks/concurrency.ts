import type { View, Violation } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isBusy, isDisguisedFailure, isSuccess } from './failure.ts'
import { show } from './read.ts'
import { isRefused, lineAsked } from './read-chat.ts'

/**
 * Copies of one request that differ in the word that they ask for. A word that turns up in another answer was mixed in;
 * one that turns up nowhere tells of the model only. Ids that occur twice, and server errors, are judged elsewhere.
 */
export const concurrency = defineCheck({
  id: 'concurrency',
  summary: 'requests at once are answered each for itself',
  codes: ['mixed', 'refused'],
  needs: 'any',
  over: 'copies',
  judge(views) {
    if (views.length < 2) return unobserved('one request only')
    const words = views.map((view) => lineAsked(view)?.toLowerCase() ?? '')
    const texts = views.map((view) => (isSuccess(view) ? JSON.stringify(view.completion ?? '').toLowerCase() : ''))
    const violations: Violation[] = []
    for (const [position, text] of texts.entries()) {
      const foreign = words.findIndex((word, other) => other !== position && word.length >= 8 && text.includes(word))
      if (foreign >= 0 && words[foreign] !== words[position]) {
        const [expected, actual] = [show(words[position]), show(words[foreign])]
        violations.push({ code: 'mixed', at: inCompletion('/choices/0/message/content'), expected, actual, view: position })
      }
    }
    const answered = views.filter((view) => isSuccess(view) && !isDisguisedFailure(view)).length
    const refused = views.findIndex(isRefused)
    if (answered > 0 && refused >= 0) {
      const actual = String(views[refused]?.response.status)
      violations.push({ code: 'refused', at: { in: 'status' }, expected: '2xx, 429 or 503', actual, view: refused })
    }
    const [first, ...rest] = violations
    if (first) return violated(first, ...rest)
    if (!overlap(views)) return unobserved('the requests went one after the other')
    const waiting = views.filter(({ response }) => isBusy(response.status)).length
    if (answered + waiting < views.length) return unobserved('not all were answered')
    const repeated = texts.filter((text, position) => text.includes(words[position] || '\0')).length
    return repeated + waiting < 2 ? unobserved('no two answers repeat their word') : held(views.length)
  },
})

/** Whether at least two of them were under way at the same time. */
const overlap = (views: readonly View[]): boolean => {
  const spans = views.map(({ sentAtMs, response }) => [sentAtMs, sentAtMs + response.endAtMs] as const)
  return spans.some(([from, to], position) => spans.some(([start], other) => other !== position && start >= from && start < to))
}
