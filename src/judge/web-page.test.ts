import { expect, test } from 'vitest'
import { exchange, probe } from '../testing/exchanges.ts'
import { toView } from '../transcript/view.ts'
import type { Endpoint, Exchange, View } from '../types.ts'
import { gatherFacts, unusable } from './presence.ts'
import { isStray, isWebPage } from './web-page.ts'

const chat: Endpoint = 'POST /chat/completions'
const responses: Endpoint = 'POST /responses'
const page = '<!DOCTYPE html>\n<html lang="en"><title>welcome</title></html>'
const base = (endpoint: Endpoint) => probe({ id: `base/${endpoint}`, baseline: true, endpoint, expect: ['chat.object'] })
const from = (endpoint: Endpoint, body: unknown, more = {}): Exchange => exchange({ probe: `base/${endpoint}`, endpoint, body, ...more })
const facts = (...exchanges: Exchange[]) => gatherFacts(exchanges, [base(chat), base(responses)], [])
const viewOf = (one: Exchange): View => toView(one, () => []) as View

test.each([
  [page, true],
  ['\n <HTML>\n', true],
  ['<!-- made by hand --> <!-- twice --><html>', true],
  ['{"page":"<html>"}', false],
  ['<htmlx>', false],
  ['<?xml version="1.0"?><error/>', false],
  ['', false],
  [`${'<!---->'.repeat(300)}<p>`, false],
])('%j is a page: %s', (body, is) => expect(isWebPage(Buffer.from(body))).toBe(is))

test('pages alone are no endpoint at all: nothing of them is judged', () => {
  const known = facts(from(chat, page), from(responses, page))
  const reason = 'answered with a web page, not as an API'
  expect(known.endpoints).toEqual([chat, responses].map((endpoint) => ({ endpoint, presence: 'untestable', reason })))
  expect(isStray(viewOf(from(chat, page)), base(chat), known)).toBe(true)
  // an error of that kind is told as an error, and what nobody asked for as it came
  expect(isStray(viewOf(from(chat, page, { status: 404 })), base(chat), known)).toBe(false)
  expect(isStray(viewOf(from(chat, page)), probe({ id: 'proxy/0001', expect: [] }), known)).toBe(false)
})

test('beside an endpoint that answers, a page is an endpoint that is not there, and a page from the first is its defect', () => {
  const known = facts(from(chat, {}), from(responses, page))
  expect(known.endpoints.map(({ presence }) => presence)).toEqual(['answered', 'absent'])
  expect([...known.traits]).toEqual(['chat'])
  expect(isStray(viewOf(from(chat, page)), base(chat), known)).toBe(false)
})

test('a request without a key was not refused for a wrong one', () => {
  const refused = (headers: [string, string][], url = 'http://h/v1') => {
    const made = exchange({ status: 401 })
    return unusable({ ...made, request: { ...made.request, headers, url } })
  }
  expect(refused([['accept', 'application/json']])).toBe('no key was given, and the answer was 401')
  for (const name of ['Authorization', 'api-key', 'x-api-key']) expect(refused([[name, 'x']])).toBe('the key was refused with 401')
  expect(refused([['X-Gateway', '[redacted]']])).toBe('the key was refused with 401')
  expect(refused([], 'http://h/v1?sig=[redacted]')).toBe('the key was refused with 401')
})
