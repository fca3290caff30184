import type { Outcome, Traits, View, Violation } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { finishedAnswers, formatOf } from './structured-answer.ts'
import { isFlooded, problemOf, type TextCode } from './structured-text-read.ts'

const codes = ['ignored', 'fenced', 'surrounded', 'encoded', 'broken', 'invalid'] as const satisfies readonly TextCode[]

/**
 * Whoever takes a strict schema has promised its form, so that a weak model is no excuse. Where an earlier step of the probe,
 * which asks for the same more plainly, is broken already, the later ones say nothing new.
 */
export const structuredSchema = defineCheck({
  id: 'structured-schema',
  summary: 'a finished answer is JSON as in the schema that was sent',
  codes: [...codes, 'padded'],
  needs: 'complete',
  over: 'probe',
  judge(views, _, { traits }) {
    const earlier = views.slice(0, -1).find((view) => view.breaks === undefined && schemaOutcome(view, traits).kind === 'violated')
    if (earlier) return unobserved('the schema was not followed before')
    return schemaOutcome(views[views.length - 1] as View, traits)
  },
})

/** How a single answer keeps to the schema of its request. */
export const schemaOutcome = (view: View, traits: Traits): Outcome => {
  const format = formatOf(view)
  if (format?.type !== 'json_schema' || format.schema === undefined) return unobserved('no schema was sent')
  const answers = finishedAnswers(view)
  if (typeof answers === 'string') return unobserved(answers)
  const violations: Violation[] = []
  const notes: Violation[] = []
  let seen = 0
  for (const { text, pointer, reasons, metCap } of answers) {
    const at = inCompletion(pointer)
    const problem = problemOf(text, format.schema)
    if (!problem) {
      seen++
      if (isFlooded(text)) notes.push({ code: 'padded', at, expected: 'little white space', actual: `${text.length} characters` })
    } else if (!isOwnedElsewhere(problem.code, reasons || traits.has('thinks'), metCap)) violations.push({ at, ...problem })
  }
  const [first, ...rest] = violations
  if (first) return violated(first, ...rest)
  return seen > 0 ? held(seen, notes) : unobserved('what is wrong is judged elsewhere')
}

/** Text around the JSON of a model that thinks, and an answer that its cap has cut, have requirements of their own. */
const isOwnedElsewhere = (code: TextCode, thinks: boolean, metCap: boolean): boolean =>
  (thinks && (code === 'fenced' || code === 'surrounded')) || (metCap && (code === 'broken' || code === 'fenced'))
