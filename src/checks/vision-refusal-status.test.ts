import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { visionRefusalStatus } from './vision-refusal-status.ts'

const picture = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }
const ask = (status: number, content: unknown = [{ type: 'text', text: 'Which colour?' }, picture], more = {}) =>
  json(
    'POST /chat/completions',
    { error: { message: 'No endpoints found that support image input' } },
    { status, request: { messages: [{ role: 'user', content }] }, ...more },
  )

test('held where a picture is refused as a bad request', () => {
  for (const status of [400, 413, 415, 422]) expect(judged(visionRefusalStatus, ask(status))).toEqual(['held'])
})

test('violated where the path seems to be missing', () => {
  for (const status of [404, 405]) expect(judged(visionRefusalStatus, ask(status))).toEqual(['not-found'])
})

test('unobserved without a picture, and where the status says nothing of it', () => {
  expect(judged(visionRefusalStatus, ask(404, 'Hello.'))).toEqual(['unobserved'])
  expect(judged(visionRefusalStatus, ask(404, [picture], { breaks: 'messages' }))).toEqual(['unobserved'])
  for (const status of [200, 401, 403, 429, 500]) expect(judged(visionRefusalStatus, ask(status))).toEqual(['unobserved'])
})
