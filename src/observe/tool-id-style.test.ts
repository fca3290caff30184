import { expect, test } from 'vitest'
import { observed } from '../testing/observed.ts'
import { call, calls, head, more, reply } from '../testing/tool-replies.ts'
import { toolIdStyle } from './tool-id-style.ts'

test.each([
  ['call', 'call_9pw1qnYScqvGrCH58HWCvFH6'],
  ['call', 'call_00_aB3'],
  ['chatcmpl-tool', 'chatcmpl-tool-7a8f14e45fceea467fa0e6'],
  ['toolu', 'toolu_01A09q90qw90lq917835lq9'],
  ['toolu', 'tooluse_kZJMlvQmRJ6eAyJE5GIl7Q'],
  ['nine-alphanumeric', 'D681PevKs'],
  ['functions', 'functions.get_weather:0'],
  ['uuid', '8f14e45f-ceea-467f-a0e6-1f3a5b7c9d0e'],
  ['other', '1697377797897'],
  ['other', 'call-1'],
])('%s: %s', (value, id) => {
  expect(observed(toolIdStyle, reply({ calls: [call(id)] }))).toBe(value)
  expect(observed(toolIdStyle, calls([head(0, id), more(0, '{}')]))).toBe(value)
})
test('nothing to tell', () => {
  expect(observed(toolIdStyle, reply({ content: 'Hi.' }))).toBeUndefined()
  expect(observed(toolIdStyle, reply({ calls: [call('')] }))).toBeUndefined()
})
