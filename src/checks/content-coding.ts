import { defineCheck, held, inHeader, unobserved, violated } from './define-check.ts'
import { headerValues, show } from './read.ts'

const decodable = new Set(['gzip', 'x-gzip', 'deflate', 'br'])

// https://www.rfc-editor.org/rfc/rfc9110.html#section-12.5.3
export const contentCoding = defineCheck({
  id: 'content-coding',
  summary: 'a content coding is applied only when it was accepted, and can be undone',
  codes: ['unasked', 'undecodable', 'unlabelled'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const { headers, body } = view.response
    const codings = headerValues(headers, 'content-encoding')
      .flatMap(split)
      .filter((coding) => coding !== 'identity')
    const wrong = (code: string, expected: string) =>
      violated({ code, at: inHeader('content-encoding'), expected, actual: show(codings.join(', ') || undefined) })
    if (codings.length === 0) return body[0] === 0x1f && body[1] === 0x8b ? wrong('unlabelled', 'gzip') : held(1)
    const asked = headerValues(view.requestHeaders, 'accept-encoding')
    // without the header every coding is acceptable
    if (asked.length === 0) return unobserved('no Accept-Encoding was sent')
    const accepted = asked
      .flatMap(split)
      .filter((entry) => !/;\s*q=0(\.0*)?$/.test(entry))
      .map((entry) => entry.split(';')[0]?.trim())
    if (!codings.every((coding) => accepted.includes(coding) || accepted.includes('*'))) return wrong('unasked', asked.join(', '))
    const coding = codings[0] ?? ''
    if (codings.length > 1 || !decodable.has(coding) || body.byteLength === 0) return unobserved(`${codings.join(', ')} is not read here`)
    return view.body === body ? wrong('undecodable', coding) : held(1)
  },
})

const split = (value: string): readonly string[] =>
  value
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '')
