import type { CheckContext, Outcome, View } from '../types.ts'
import { choicesAsked } from './choices-asked.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { logprobsEntries } from './logprobs-entries.ts'
import { structuredJsonObject } from './structured-json-object.ts'
import { schemaOutcome } from './structured-schema.ts'
import { toolChoice } from './tool-choice.ts'

/** Parameters whose effect is visible in the answer, and the check that looks for it. */
const effects: readonly (readonly [parameter: string, judge: (view: View, context: CheckContext) => Outcome])[] = [
  ['n', (view, context) => choicesAsked.judge([view], undefined, context)],
  ['logprobs', (view, context) => logprobsEntries.judge([view], undefined, context)],
  ['tool_choice: required', (view, context) => toolChoice.judge([view], { kind: 'required' }, context)],
  ['tool_choice: function', (view, context) => toolChoice.judge([view], { kind: 'named' }, context)],
  ['response_format: json_object', (view, context) => structuredJsonObject.judge([view], undefined, context)],
  ['response_format: json_schema', (view, { traits }) => schemaOutcome(view, traits)],
]

/**
 * One parameter without effect is the finding of its own requirement. Where several never had any in a whole run, the server
 * has the habit of taking what it does not understand.
 */
export const droppedParams = defineCheck({
  id: 'dropped-params',
  summary: 'parameters have their effect or are refused',
  codes: ['ignored'],
  needs: 'any',
  over: 'run',
  judge(views, _, context) {
    const kept = new Set<string>()
    const dropped = new Map<string, number>()
    for (const [position, view] of views.entries()) {
      if (view.breaks !== undefined || view.response.end !== 'complete') continue
      for (const [parameter, judge] of effects) {
        const outcome = judge(view, context)
        if (outcome.kind === 'held') kept.add(parameter)
        else if (outcome.kind === 'violated' && outcome.violations.some(({ code }) => code === 'ignored') && !dropped.has(parameter))
          dropped.set(parameter, position)
      }
    }
    const never = [...dropped].filter(([parameter]) => !kept.has(parameter))
    const [first] = never
    if (first && never.length > 1) {
      const actual = never.map(([parameter]) => parameter).join(', ')
      return violated({ code: 'ignored', at: inCompletion('/choices'), expected: 'an effect, or 400', actual, view: first[1] })
    }
    if (first) return unobserved(`only ${first[0]} was without effect, of which its own requirement speaks`)
    return kept.size > 0 ? held(kept.size) : unobserved('no parameter with a visible effect was accepted')
  },
})
