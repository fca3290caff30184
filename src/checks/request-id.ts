import type { View, Violation } from '../types.ts'
import { defineCheck, inHeader, verdictOf } from './define-check.ts'
import { headerValue, show } from './read.ts'

export const requestId = defineCheck({
  id: 'request-id',
  summary: 'every answer has an x-request-id of its own',
  codes: ['missing', 'repeated'],
  needs: 'any',
  over: 'run',
  judge(views) {
    const answers = views.map((view, index) => ({ view, index })).filter(({ view }) => !/^(OPTIONS|HEAD) /.test(view.endpoint))
    const id = (view: View) => headerValue(view.response.headers, 'x-request-id')?.trim() || undefined
    const violations: Violation[] = []
    const missing = answers.filter(({ view }) => id(view) === undefined)
    const [first] = missing
    const at = inHeader('x-request-id')
    if (first)
      violations.push({
        code: 'missing',
        at,
        expected: 'an id',
        actual: `absent in ${missing.length} of ${answers.length} answers`,
        view: first.index,
      })
    const seen = new Set<string>()
    const repeated = answers.find(({ view }) => {
      const own = id(view)
      if (own === undefined) return false
      const known = seen.has(own)
      seen.add(own)
      return known
    })
    if (repeated)
      violations.push({ code: 'repeated', at, expected: 'an id of its own', actual: show(id(repeated.view)), view: repeated.index })
    return verdictOf(violations, answers.length, 'no answer')
  },
})
