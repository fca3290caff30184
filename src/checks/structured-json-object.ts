import type { Violation } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isNoise } from './noise.ts'
import { finishedAnswers, formatOf } from './structured-answer.ts'
import { isFlooded, problemOf } from './structured-text-read.ts'

export const structuredJsonObject = defineCheck({
  id: 'structured-json-object',
  summary: 'in JSON mode a finished answer is one JSON object and nothing else',
  codes: ['ignored', 'fenced', 'surrounded', 'encoded', 'broken', 'not-object', 'padded'],
  needs: 'complete',
  over: 'exchange',
  judge([view], _, { traits }) {
    if (formatOf(view)?.type !== 'json_object') return unobserved('JSON mode was not asked for')
    const answers = finishedAnswers(view)
    if (typeof answers === 'string') return unobserved(answers)
    const violations: Violation[] = []
    const notes: Violation[] = []
    let seen = 0
    for (const { text, pointer, reasons, shown, metCap } of answers) {
      const at = inCompletion(pointer)
      const problem = problemOf(text)
      if (!problem) {
        seen++
        if (isFlooded(text)) notes.push({ code: 'padded', at, expected: 'little white space', actual: `${text.length} characters` })
        continue
      }
      // that a cut answer should have said so is another rule
      if (metCap && (problem.code === 'broken' || problem.code === 'fenced')) continue
      // pieces of a stream that do not join are judged under a schema, and for any text
      if (problem.code === 'broken' && view.streamed) continue
      // thoughts that are in the wrong place
      if (problem.code === 'surrounded' && (reasons || traits.has('thinks')) && !shown) continue
      // JSON mode may rest on the model's good will, of which a model without training has none
      if (problem.code === 'ignored' && isNoise(text)) continue
      violations.push({ at, ...problem })
    }
    const [first, ...rest] = violations
    if (first) return violated(first, ...rest)
    return seen > 0 ? held(seen, notes) : unobserved('no answer that could be held against JSON mode')
  },
})
