import type { Violation } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { finishedAnswers, formatOf } from './structured-answer.ts'
import { problemOf } from './structured-text-read.ts'

/** What is wrong with the JSON itself is judged alike for models that think and those that do not. */
export const structuredReasoning = defineCheck({
  id: 'structured-reasoning',
  summary: 'behind its thoughts the answer is the JSON and nothing around it',
  codes: ['fenced', 'surrounded'],
  needs: 'complete',
  over: 'exchange',
  judge([view], _, { traits }) {
    const format = formatOf(view)
    if (format?.type !== 'json_schema' || format.schema === undefined) return unobserved('no schema was sent')
    const answers = finishedAnswers(view)
    if (typeof answers === 'string') return unobserved(answers)
    const violations: Violation[] = []
    let seen = 0
    for (const { text, pointer, reasons, shown, metCap } of answers) {
      if (!reasons && !traits.has('thinks')) continue
      const problem = problemOf(text, format.schema)
      if (!problem) seen += reasons ? 1 : 0
      // where no thoughts can be read, what stands around the JSON may be the thoughts, which is another rule
      else if ((problem.code === 'surrounded' && shown) || (problem.code === 'fenced' && !metCap))
        violations.push({ at: inCompletion(pointer), ...problem })
    }
    const [first, ...rest] = violations
    if (first) return violated(first, ...rest)
    return seen > 0 ? held(seen) : unobserved('no reasoning was seen beside JSON')
  },
})
