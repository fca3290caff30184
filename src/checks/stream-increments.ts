import type { SseEvent, View, Violation } from '../types.ts'
import { at, defineCheck, inCompletion, unobserved, verdictOf } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { asString, choicesOf, eachChoice, show } from './read.ts'
import { capOf, contentOf, isMisshapen, promptKey } from './read-chat.ts'

/** What a choice has said so far; the counters look for the three ways of saying it more than once. */
interface Telling {
  deltas: number
  joined: string
  previous: string
  /** Deltas in a row that begin with the whole one before and go on. */
  cumulative: number
  /** So far every second delta equals the one before it. */
  paired: boolean
  pairs: number
  lastPair: string
}

/** Shorter text repeats by chance, above all from models that talk nonsense. */
const telling = { prefix: 8, inRow: 3, whole: 20, pairs: 4 }

export const streamIncrements = defineCheck({
  id: 'stream-increments',
  summary: 'deltas are increments: joined they give the answer once',
  codes: ['cumulative', 'repeated', 'doubled', 'lost', 'trimmed', 'order'],
  needs: 'complete',
  over: 'probe',
  judge(views) {
    const view = views[views.length - 1] as View
    if (!view.streamed) return unobserved('not a stream')
    const choices = new Map<number, Telling>()
    const violations: Violation[] = []
    let last: { event: SseEvent; pointer: string } | undefined
    eachChoice(view, ({ event, pointer, index, delta }) => {
      const piece = asString(delta.content)
      if (!piece || violations.length > 0) return
      const choice = choices.get(index) ?? { deltas: 0, joined: '', previous: '', cumulative: 0, paired: true, pairs: 0, lastPair: '' }
      choices.set(index, choice)
      const code = listen(choice, piece)
      if (code) violations.push({ code, at: at(event, `${pointer}/delta/content`), expected: 'only what is new', actual: show(piece) })
      last = { event, pointer }
    })
    let subjects = 0
    for (const choice of choices.values()) {
      if (choice.deltas >= 4 && choice.joined.length >= telling.whole) subjects += choice.deltas
      const place = last as { event: SseEvent; pointer: string } | undefined
      if (choice.paired && choice.deltas % 2 === 0 && choice.pairs >= telling.pairs && place && violations.length === 0) {
        const where = at(place.event, `${place.pointer}/delta/content`)
        violations.push({ code: 'doubled', at: where, expected: 'each delta once', actual: 'each delta twice' })
      }
    }
    const twin = plainTwin(views, view)
    if (twin !== undefined && violations.length === 0 && !isMisshapen(view)) {
      const text = contentOf(choicesOf(view)[0]) ?? ''
      const code = difference(twin.trim(), text.trim())
      if (code) violations.push({ code, at: inCompletion('/choices/0/message/content'), expected: show(twin), actual: show(text) })
      else if (text.trim() === twin.trim()) subjects++
    }
    return verdictOf(violations, subjects, 'too little text to tell')
  },
})

const listen = (choice: Telling, piece: string): 'cumulative' | 'repeated' | undefined => {
  const { previous, joined } = choice
  const grows = previous.length >= telling.prefix && piece.length > previous.length && piece.startsWith(previous)
  choice.cumulative = grows ? choice.cumulative + 1 : 0
  // compared only when it can contain all that went before, so that long streams stay cheap
  const whole = joined.length >= telling.whole && choice.deltas >= 4 && piece.length >= joined.length && piece.startsWith(joined)
  choice.deltas++
  if (choice.deltas % 2 === 0) {
    if (piece !== previous) choice.paired = false
    else if (piece !== choice.lastPair) choice.pairs++
    choice.lastPair = piece
  }
  choice.previous = piece
  choice.joined = joined + piece
  if (choice.cumulative >= telling.inRow) return 'cumulative'
  return whole ? 'repeated' : undefined
}

/** The text of an earlier step that asked the same without a stream and finished the same way. */
const plainTwin = (views: readonly View[], view: View): string | undefined => {
  const finish = choicesOf(view)[0]?.finish_reason
  for (const other of views) {
    const choice = choicesOf(other)[0]
    if (other.streamed || !isSuccess(other) || choice?.finish_reason !== finish) continue
    if (promptKey(other) !== promptKey(view) || capOf(other) !== capOf(view)) continue
    // thoughts that leaked into the text of one mode are judged elsewhere
    const text = contentOf(choice)
    return text?.includes('</think') ? undefined : text || undefined
  }
  return undefined
}

/**
 * What happened to the pieces of a text on their way through a stream, where the difference has the form of such an accident.
 * Any other difference is the model's: it need not say the same twice.
 */
const difference = (whole: string, streamed: string): 'lost' | 'trimmed' | 'order' | undefined => {
  if (whole === streamed || whole.length < telling.prefix || streamed === '') return undefined
  if (whole.replace(/\s/g, '') === streamed.replace(/\s/g, '')) return streamed.length < whole.length ? 'trimmed' : undefined
  const sorted = (text: string) => [...text].sort().join('')
  if (whole.length === streamed.length) return sorted(whole) === sorted(streamed) ? 'order' : undefined
  // an answer that only ended sooner is a whole answer
  if (streamed.length > whole.length || streamed.length < whole.length / 2 || whole.startsWith(streamed)) return undefined
  // every piece that did arrive is in its place, so that only pieces are missing
  let from = 0
  for (const letter of streamed) {
    const found = whole.indexOf(letter, from)
    if (found < 0) return undefined
    from = found + letter.length
  }
  return 'lost'
}
