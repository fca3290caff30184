import type { View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { asInteger, asObject } from './read.ts'

/**
 * The first reply is continued by its id. Its input is in the context again, so the count of input tokens is larger;
 * instructions are not, so after long instructions it is smaller.
 */
export const responsesContinued = defineCheck({
  id: 'responses-continued',
  summary: 'a reply continued by its id brings its input back, but not its instructions',
  codes: ['forgotten', 'instructions-kept'],
  needs: 'complete',
  over: 'probe',
  judge(views) {
    const [first] = views
    const last = views[views.length - 1] as View
    if (first === last || !isSuccess(first) || !isSuccess(last)) return unobserved('no continued reply')
    if (typeof asObject(last.request)?.previous_response_id !== 'string') return unobserved('not continued')
    const [before, after] = [inputTokens(first), inputTokens(last)]
    if (!before || !after) return unobserved('no token counts')
    const instructed = asObject(first.request)?.instructions !== undefined
    if (instructed && before < 100) return unobserved('the instructions were not counted in the first place')
    if (instructed ? after < before : after > before) return held(1)
    // what the model answered is in the context too, and may be longer than the instructions were
    const answered = asInteger(asObject(asObject(first.completion)?.usage)?.output_tokens) ?? 0
    if (instructed && after - answered < before) return unobserved('the first answer was as long as the instructions')
    return violated({
      code: instructed ? 'instructions-kept' : 'forgotten',
      at: inCompletion('/usage/input_tokens'),
      expected: `${instructed ? '<' : '>'} ${before}`,
      actual: String(after),
    })
  },
})

const inputTokens = ({ completion }: View): number | undefined => asInteger(asObject(asObject(completion)?.usage)?.input_tokens)
