import { expect, test } from 'vitest'
import { json, judged, raw } from '../testing/transcript.ts'
import type { Headers } from '../types.ts'
import { corsPreflight } from './cors-preflight.ts'

const requestHeaders: Headers = [['Origin', 'https://page.example']]
const good: Headers = [
  ['Access-Control-Allow-Origin', '*'],
  ['Access-Control-Allow-Methods', 'GET, POST'],
  ['Access-Control-Allow-Headers', 'Authorization, Content-Type'],
]
const preflight = (headers: Headers, status = 204) =>
  judged(corsPreflight, raw('OPTIONS /chat/completions', '', { status, headers, requestHeaders }))
const without = (name: string): Headers => good.filter(([key]) => key !== name)

test('holds', () => {
  expect(preflight(good)).toEqual(['held'])
  expect(preflight([['access-control-allow-origin', 'https://page.example'], ...good.slice(1)])).toEqual(['held'])
})
test('status', () => expect(preflight(good, 401)).toEqual(['status']))
test('origin', () => {
  expect(preflight(without('Access-Control-Allow-Origin'))).toEqual(['origin'])
  const allowed = raw('OPTIONS /chat/completions', '', { status: 204, headers: good, requestHeaders })
  const answer = (headers: Headers) => judged(corsPreflight, [allowed, json('POST /chat/completions', {}, { requestHeaders, headers })])
  expect(answer([['access-control-allow-origin', 'https://other.example']])).toEqual(['origin'])
  expect(answer([])).toEqual(['origin'])
  expect(answer([['access-control-allow-origin', '*']])).toEqual(['held'])
})
test('method', () => expect(preflight(without('Access-Control-Allow-Methods'))).toEqual(['method']))
test('headers', () => {
  expect(preflight(without('Access-Control-Allow-Headers'))).toEqual(['headers'])
  expect(preflight([...without('Access-Control-Allow-Headers'), ['access-control-allow-headers', '*']])).toEqual(['headers'])
})
test('not meant for browsers', () => {
  expect(preflight([])).toEqual(['unobserved'])
  expect(judged(corsPreflight, json('POST /chat/completions', {}))).toEqual(['unobserved'])
})
