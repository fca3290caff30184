import type { View, Violation } from '../types.ts'
import { defineCheck, inCompletion, unobserved, verdictOf } from './define-check.ts'
import { isRefused, promptTokens } from './read-chat.ts'
import { isAnswered, isTaken, mediaParts, promptText } from './vision-answer.ts'

/**
 * Of a model that cannot see, which only the run as a whole tells: the same prompt was sent with a picture and without.
 * Where the target declares that it sees, a picture that was left out is judged with what it declares.
 */
export const visionDropped = defineCheck<{ readonly word: string }>({
  id: 'vision-dropped',
  summary: 'a picture that nobody looks at is refused',
  codes: ['ignored'],
  needs: 'any',
  over: 'run',
  args: { type: 'object', required: ['word'], additionalProperties: false, properties: { word: { type: 'string' } } },
  judge(views, { word }, { declared }) {
    if (declared) return unobserved('the target declares that it sees')
    const plain = new Map<string, View>()
    const violations: Violation[] = []
    let refused = 0
    for (const [position, view] of views.entries()) {
      // only probes about pictures ask for the same with and without one
      if (view.breaks !== undefined || view.streamed) continue
      const key = `${view.probe} ${view.attempt} ${promptText(view)}`
      if (mediaParts(view) === 0) {
        if (isAnswered(view)) plain.set(key, view)
        continue
      }
      const without = asksForPicture(view) ? plain.get(key) : undefined
      if (!without) continue
      if (isRefused(view)) refused++
      else if (isAnswered(view) && isTaken(without, view, word) === false) {
        const at = inCompletion('/usage/prompt_tokens')
        const [expected, actual] = [`4xx, or more than ${promptTokens(without)} tokens`, String(promptTokens(view))]
        violations.push({ code: 'ignored', at, expected, actual, view: position })
      }
    }
    return verdictOf(violations.slice(0, 5), refused, 'no picture was sent to a model that cannot see')
  },
})

const asksForPicture = (view: View): boolean => JSON.stringify(view.request).includes('"image_url"')
