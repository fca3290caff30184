import type { Violation } from '../types.ts'
import { at, defineCheck, inBody, verdictOf } from './define-check.ts'
import { asArray, asInteger, asObject } from './read.ts'
import { askedChoices, eachEntry } from './read-chat.ts'

/** With `n` above one, how many choices come has requirements of its own; their indexes are judged here all the same. */
export const choiceIndex = defineCheck({
  id: 'choice-index',
  summary: 'choices are numbered by position, and a plain request gets one',
  codes: ['index', 'count'],
  // an index that is wrong stays so, whatever was still to come
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const asked = askedChoices(view)
    const violations: Violation[] = []
    let subjects = 0
    if (view.streamed) {
      eachEntry(view, ({ event, pointer, index }) => {
        subjects++
        if (asked > 1 || index === 0 || violations.length >= 20) return
        violations.push({ code: 'index', at: at(event, `${pointer}/index`), expected: '0', actual: String(index) })
      })
      return verdictOf(violations, subjects, 'no choice with an index')
    }
    const choices = asArray(asObject(view.json)?.choices) ?? []
    for (let position = 0; position < Math.min(choices.length, 20); position++) {
      const index = asInteger(asObject(choices[position])?.index)
      if (index === undefined) continue
      subjects++
      if (index === position) continue
      violations.push({ code: 'index', at: inBody(`/choices/${position}/index`), expected: String(position), actual: String(index) })
    }
    if (asked === 1 && choices.length > 1 && violations.length === 0) {
      violations.push({ code: 'count', at: inBody('/choices'), expected: '1 choice', actual: `${choices.length} choices` })
    }
    return verdictOf(violations, subjects, 'no choice with an index')
  },
})
