import type { Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { asArray, eachChoice, type StreamChoice } from './read.ts'
import { answerOf, thoughtsOf } from './reasoning-text.ts'
import { isSuccess } from './tool-request.ts'

interface Progress {
  answered: boolean
  late: StreamChoice | undefined
  mixed: StreamChoice | undefined
}

/** https://github.com/vercel/ai packages/openai-compatible closes the reasoning part at the first delta of the answer. */
export const reasoningStreamOrder = defineCheck({
  id: 'reasoning-stream-order',
  summary: 'reasoning streams before the answer that it leads to, in deltas of its own',
  codes: ['mixed', 'late'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    if (!isSuccess(view) || !view.streamed) return unobserved('not a stream')
    const choices = new Map<number, Progress>()
    let seen = 0
    eachChoice(view, (choice) => {
      const { delta, index } = choice
      const thinks = hasMember(delta) && thoughtsOf(delta).size > 0
      const progress = choices.get(index)
      if (thinks) {
        seen++
        const own = progress ?? { answered: false, late: undefined, mixed: undefined }
        if (!progress) choices.set(index, own)
        if (answerOf(delta).trim() !== '' || (asArray(delta.tool_calls)?.length ?? 0) > 0) own.mixed ??= choice
        else if (own.answered) own.late ??= choice
        return
      }
      if ((asArray(delta.tool_calls)?.length ?? 0) > 0) {
        // Thinking again before a call is thinking that leads to the call.
        if (progress) progress.late = undefined
        choices.set(index, { answered: true, late: undefined, mixed: progress?.mixed })
      } else if (!progress?.answered && answerOf(delta).trim() !== '') {
        choices.set(index, { answered: true, late: undefined, mixed: progress?.mixed })
      }
    })
    const violations: Violation[] = []
    for (const { late, mixed } of choices.values()) {
      if (mixed)
        violations.push({
          code: 'mixed',
          at: at(mixed.event, `${mixed.pointer}/delta`),
          expected: 'reasoning or answer',
          actual: 'both in one delta',
        })
      if (late)
        violations.push({
          code: 'late',
          at: at(late.event, `${late.pointer}/delta`),
          expected: 'reasoning before the answer',
          actual: 'reasoning after it',
        })
    }
    return verdictOf(violations, seen, 'no reasoning was streamed')
  },
})

/** Spares the many deltas without reasoning the look into them. */
const hasMember = (delta: StreamChoice['delta']): boolean =>
  typeof delta.reasoning_content === 'string' ||
  typeof delta.reasoning === 'string' ||
  typeof delta.reasoning_text === 'string' ||
  typeof delta.thinking === 'string' ||
  Array.isArray(delta.reasoning_details) ||
  Array.isArray(delta.content)
