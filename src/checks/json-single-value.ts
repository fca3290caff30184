import { isUtf8 } from 'node:buffer'
import type { View } from '../types.ts'
import { defineCheck, held, inBody, unobserved, violated } from './define-check.ts'
import { isSuccess, isUnreadable, startsLikeJson } from './failure.ts'
import { show } from './read.ts'

// https://www.rfc-editor.org/rfc/rfc8259.html#section-8.1: UTF-8, and no byte order mark
export const jsonSingleValue = defineCheck({
  id: 'json-single-value',
  summary: 'a body that is not streamed is one JSON value in UTF-8 and nothing else',
  codes: ['empty', 'bom', 'invalid-utf8', 'trailing-data', 'not-json'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const { status } = view.response
    if (!mayHaveBody(view) || isUnreadable(view)) return unobserved('no body to look at')
    const { body } = view
    const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
    const wrong = (code: string, actual = show(text)) => violated({ code, at: inBody(), expected: 'one JSON value', actual })
    if (!startsLikeJson(view)) {
      // failures without JSON lack the envelope; a stream that nobody asked for is a defect of the switch
      if (!isSuccess(view) || view.breaks !== undefined || /^\uFEFF?\s*(data|event|id|retry)?:/.test(text))
        return unobserved(`answered ${status} without JSON`)
      if (text.trim() === '') return wrong('empty', 'empty body')
      return isJson(text) ? held(1) : wrong('not-json')
    }
    if (!isUtf8(body)) return wrong('invalid-utf8')
    if (text.startsWith('\uFEFF')) return wrong('bom', 'a byte order mark')
    if (isJson(text)) return held(1)
    const end = endOfValue(text)
    const trailing = end < text.length && isJson(text.slice(0, end))
    return trailing ? wrong('trailing-data', show(text.slice(end))) : wrong('not-json')
  },
})

const mayHaveBody = ({ endpoint, streamed, response: { status } }: View): boolean =>
  !streamed && !/^(HEAD|OPTIONS) /.test(endpoint) && (status < 300 || status >= 400) && status !== 204

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Where the first object or array ends, by counting brackets outside strings. */
const endOfValue = (text: string): number => {
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (inString) {
      if (char === '\\') at++
      else if (char === '"') inString = false
    } else if (char === '"') inString = true
    else if (char === '{' || char === '[') depth++
    else if ((char === '}' || char === ']') && --depth === 0) return at + 1
  }
  return text.length
}
