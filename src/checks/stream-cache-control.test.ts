import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import type { Headers } from '../types.ts'
import { streamCacheControl } from './stream-cache-control.ts'

const label = ['content-type', 'text/event-stream'] as const
const stream = (...headers: Headers) => judged(streamCacheControl, chatStream([{}], { headers: [label, ...headers] }))

test.each(['no-cache', 'private, No-Store', 'no-transform'])('%s holds', (value) =>
  expect(stream(['Cache-Control', value])).toEqual(['held']),
)
test('missing', () => expect(stream()).toEqual(['missing']))
test('cacheable', () => expect(stream(['cache-control', 'max-age=60'])).toEqual(['cacheable']))
test('no stream', () => expect(judged(streamCacheControl, json('GET /models', {}))).toEqual(['unobserved']))
