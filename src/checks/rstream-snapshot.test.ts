import { expect, test } from 'vitest'
import { call, eventsOf, type Json, message, reasoning, reply } from '../testing/responses.ts'
import { json, judged, responsesStream } from '../testing/transcript.ts'
import { rstreamSnapshot } from './rstream-snapshot.ts'

const bent = (change: (response: Json) => unknown, output = [message()]) => {
  const events = eventsOf(reply(output))
  change(events.at(-1).response)
  return judged(rstreamSnapshot, responsesStream(events))
}

test('holds', () => {
  expect(bent(() => {}, [reasoning(), message(), call()])).toEqual(['held'])
  expect(bent((response) => delete response.output[0].content[0].logprobs)).toEqual(['held'])
})
test('usage missing', () => {
  expect(bent((response) => delete response.usage)).toEqual(['usage-missing'])
  expect(bent((response) => Object.assign(response, { usage: null }))).toEqual(['usage-missing'])
})
test('response missing', () => {
  const events = eventsOf()
  delete events.at(-1).response
  expect(judged(rstreamSnapshot, responsesStream(events))).toEqual(['response-missing'])
})
test('status', () => expect(bent((response) => Object.assign(response, { status: 'in_progress' }))).toEqual(['status']))
test('output missing', () => expect(bent((response) => delete response.output)).toEqual(['output-missing']))
test('count', () => expect(bent((response) => Object.assign(response, { output: [] }))).toEqual(['count']))
test('differs', () => {
  expect(bent((response) => Object.assign(response.output[0], { role: 'user' }))).toEqual(['differs'])
  expect(bent((response) => Object.assign(response.output[0], { arguments: '{}' }), [call()])).toEqual(['differs'])
  expect(bent((response) => response.output.reverse(), [message('One'), { ...message('Two'), id: 'msg_2' }])).toEqual([
    'differs',
    'differs',
  ])
})
test('a done item that differs from its own deltas is judged elsewhere', () => {
  const events = eventsOf()
  events.at(-2).item.content[0].text = 'Bye'
  expect(judged(rstreamSnapshot, responsesStream(events))).toEqual(['held'])
})
test('unobserved', () => {
  expect(judged(rstreamSnapshot, responsesStream(eventsOf().slice(0, -1)))).toEqual(['unobserved'])
  expect(judged(rstreamSnapshot, json('POST /responses', reply()))).toEqual(['unobserved'])
})
