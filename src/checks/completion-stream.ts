import type { SseEvent, View, Violation } from '../types.ts'
import { at, defineCheck, held, inCompletion, inHeader, unobserved, verdictOf, violated } from './define-check.ts'
import { bodyOf, isDisguisedFailure, isSuccess } from './failure.ts'
import { asObject, asString, show } from './read.ts'
import { doneEvent, eachEntry, hasFailed, isDoneEarly } from './read-chat.ts'

/** What one choice has sent so far. */
interface Progress {
  finishes: number
  previous: string
  /** Pieces in a row that begin with the whole one before and go on. */
  grown: number
}

/** Short texts repeat by chance, above all those of models that talk nonsense. */
const telling = { length: 16, inRow: 3 }

/** All that is owed of a stream of the older endpoint; the form of a chunk is in its schema. */
export const completionStream = defineCheck({
  id: 'completion-stream',
  summary: 'a streamed completion comes in increments of text, finishes once and ends with [DONE]',
  codes: [
    'not-streamed',
    'truncated',
    'done-missing',
    'done-early',
    'after-done',
    'no-choice',
    'finish-missing',
    'finish-repeated',
    'text-after-finish',
    'cumulative',
  ],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const { end, endReason, status } = view.response
    if (!isSuccess(view)) return unobserved(`answered ${status}`)
    if (isDisguisedFailure(view) || hasFailed(view)) return unobserved('the stream reported a failure')
    if (!view.streamed || asObject(bodyOf(view))) {
      if (end !== 'complete' || !asObject(bodyOf(view))) return unobserved('not a stream')
      return violated({ code: 'not-streamed', at: inHeader('content-type'), expected: 'an event stream', actual: show(view.mediaType) })
    }
    const done = doneEvent(view)
    if (!done && (end === 'stopped' || end === 'timeout')) return unobserved(`the body is ${end}`)
    if (!done && end === 'truncated')
      return violated({ code: 'truncated', at: { in: 'end' }, expected: '[DONE]', actual: endReason ?? 'cut' })
    const { violations, choices, subjects } = judgeChoices(view, done !== undefined)
    const sentinel = judgeSentinel(view, done)
    if (sentinel) violations.push(sentinel)
    if (done && choices === 0 && violations.length === 0 && view.shape.length === 0)
      violations.push({ code: 'no-choice', at: inCompletion('/choices'), expected: 'a choice', actual: 'none' })
    if (violations.length > 0) return verdictOf(violations, 0, '')
    return done && subjects > 0 ? held(subjects) : unobserved('the framing of the stream is broken')
  },
})

const judgeSentinel = (view: View, done: SseEvent | undefined): Violation | undefined => {
  if (done && isDoneEarly(view)) return { code: 'done-early', at: at(done), expected: 'after every finish', actual: '[DONE]' }
  if (done) {
    const after = view.events[done.index + 1]
    return after && { code: 'after-done', at: at(after), expected: 'the end of the stream', actual: show(after.data ?? after.json) }
  }
  // sent, but in a block that is not ended or in a line without its field name: the framing is judged elsewhere
  const tail = Buffer.from(view.body.subarray(-64)).toString('latin1')
  const { framing } = view
  const isTorn = framing !== undefined && (framing.unterminated !== undefined || framing.unknownLines.length > 0)
  if (/\[DONE\]\s*$/i.test(tail) && (isTorn || view.events.at(-1)?.data?.endsWith('\n[DONE]'))) return undefined
  const last = view.events.at(-1)
  return {
    code: 'done-missing',
    at: { in: 'end' },
    expected: '[DONE]',
    actual: last ? `last event ${show(last.data ?? last.json)}` : 'no events',
  }
}

const judgeChoices = (view: View, isWhole: boolean): { violations: Violation[]; choices: number; subjects: number } => {
  const known = new Map<number, Progress>()
  const violations: Violation[] = []
  let subjects = 0
  let oddly = false
  const numbered = eachEntry(view, ({ event, pointer, index, choice, finish }) => {
    const progress = known.get(index) ?? { finishes: 0, previous: '', grown: 0 }
    known.set(index, progress)
    const say = (code: string, member: string, expected: string, actual: unknown) => {
      if (violations.length < 20) violations.push({ code, at: at(event, `${pointer}/${member}`), expected, actual: show(actual) })
    }
    const text = asString(choice.text)
    if (text === undefined) oddly = true
    else subjects++
    // a token that prints nothing may come behind the end
    if (text && progress.finishes > 0 && typeof finish !== 'string') say('text-after-finish', 'text', 'nothing after the finish', text)
    if (text) listen(progress, text, () => say('cumulative', 'text', 'only what is new', text))
    if (typeof finish === 'string' && finish !== '') {
      progress.finishes++
      if (progress.finishes === 2) say('finish-repeated', 'finish_reason', 'null', finish)
    } else if (finish !== undefined && finish !== null) oddly = true
  })
  // without the sentinel the stream may be cut; what has another type is the schema's business, on this same requirement
  if (isWhole && numbered && !oddly && !isDoneEarly(view)) {
    for (const [index, { finishes }] of known) {
      if (finishes > 0 || violations.length >= 20) continue
      const where = inCompletion(`/choices/${index}/finish_reason`)
      violations.push({ code: 'finish-missing', at: where, expected: 'a finish reason', actual: 'none' })
    }
  }
  return { violations, choices: known.size, subjects }
}

/** Says once that pieces hold what was sent before. */
const listen = (progress: Progress, text: string, tell: () => void): void => {
  const { previous } = progress
  progress.grown = previous !== '' && text.length > previous.length && text.startsWith(previous) ? progress.grown + 1 : 0
  if (progress.grown === telling.inRow && text.length >= telling.length) tell()
  progress.previous = text
}
