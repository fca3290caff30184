import { defineCheck, held, inHeader, unobserved, violated } from './define-check.ts'
import { headerValues, show } from './read.ts'

// https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.2
export const wwwAuthenticate = defineCheck({
  id: 'www-authenticate',
  summary: 'a 401 says that it wants a Bearer token',
  codes: ['missing', 'scheme'],
  needs: 'any',
  over: 'exchange',
  judge([{ response }]) {
    if (response.status !== 401) return unobserved(`answered ${response.status}`)
    const value = headerValues(response.headers, 'www-authenticate').join(', ')
    if (/\bbearer\b/i.test(value)) return held(1)
    return violated({
      code: value.trim() === '' ? 'missing' : 'scheme',
      at: inHeader('www-authenticate'),
      expected: 'Bearer',
      actual: show(value || undefined),
    })
  },
})
