import type { View, Violation } from '../types.ts'
import { defineCheck, inHeader, unobserved, verdictOf } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { headerValues, show } from './read.ts'

// https://fetch.spec.whatwg.org/#http-cors-protocol
/**
 * The first step is the preflight. Browsers are not everybody's clients: an endpoint without any CORS header there
 * is not meant for them; one that lets the preflight pass owes the origin on its answers too.
 */
export const corsPreflight = defineCheck({
  id: 'cors-preflight',
  summary: 'what the preflight and the answers say lets a browser page call the endpoint',
  codes: ['status', 'origin', 'method', 'headers'],
  needs: 'any',
  over: 'probe',
  judge(views) {
    const [first] = views
    const view = views[views.length - 1] as View
    const { status, headers } = view.response
    const [origin] = headerValues(view.requestHeaders, 'origin')
    if (origin === undefined) return unobserved('no Origin was sent')
    const preflight = view.endpoint.startsWith('OPTIONS ')
    if (!first.endpoint.startsWith('OPTIONS ') || !first.response.headers.some(([name]) => /^access-control-allow-/i.test(name))) {
      return unobserved('no CORS headers')
    }
    const violations: Violation[] = []
    const demand = (code: string, name: string, wanted: readonly string[]) => {
      const allowed = headerValues(headers, name)
        .join(',')
        .split(',')
        .map((value) => value.trim().toLowerCase())
      const missing = wanted.filter((value) => !allowed.includes(value))
      // the wildcard covers everything but Authorization
      if (missing.length === 0 || (allowed.includes('*') && !missing.includes('authorization'))) return
      violations.push({ code, at: inHeader(name), expected: missing.join(', '), actual: show(allowed.join(', ') || undefined) })
    }
    demand('origin', 'access-control-allow-origin', [origin.toLowerCase()])
    if (preflight) {
      if (!isSuccess(view)) violations.push({ code: 'status', at: { in: 'status' }, expected: '2xx', actual: String(status) })
      demand('method', 'access-control-allow-methods', ['post'])
      demand('headers', 'access-control-allow-headers', ['authorization', 'content-type'])
    }
    return verdictOf(violations, 1, '')
  },
})
