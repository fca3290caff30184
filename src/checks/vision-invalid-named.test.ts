import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { visionInvalidNamed } from './vision-invalid-named.ts'

const picture = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }
const refused = (error: unknown, more = {}) =>
  json(
    'POST /chat/completions',
    { error },
    { status: 400, breaks: 'messages', request: { messages: [{ role: 'user', content: [picture] }] }, ...more },
  )
const said = (param: unknown, message = 'The image data you provided does not represent a valid image.') => ({ message, param })

test('held where the place is named', () => {
  expect(judged(visionInvalidNamed, refused(said('messages[0].content[0].image_url.url')))).toEqual(['held'])
  expect(judged(visionInvalidNamed, refused(said('messages')))).toEqual(['held'])
  expect(judged(visionInvalidNamed, refused(said(null, 'messages.0.content.0: not an image')))).toEqual(['held'])
})

test('violated where nothing tells which picture it was', () => {
  for (const param of [null, undefined, 'image_url']) expect(judged(visionInvalidNamed, refused(said(param)))).toEqual(['not-named'])
})

test('unobserved without a broken picture, and without an error in the right form', () => {
  expect(judged(visionInvalidNamed, refused(said(null), { breaks: undefined }))).toEqual(['unobserved'])
  expect(judged(visionInvalidNamed, refused(said(null), { request: { messages: [{ role: 'user', content: 'Hello.' }] } }))).toEqual([
    'unobserved',
  ])
  expect(judged(visionInvalidNamed, refused(said(null), { status: 500 }))).toEqual(['unobserved'])
  expect(judged(visionInvalidNamed, refused('No.'))).toEqual(['unobserved'])
})
