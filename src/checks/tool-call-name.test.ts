import { expect, test } from 'vitest'
import { call, calls, head, reply } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { toolCallName } from './tool-call-name.ts'

const says = (name: string, request = {}) => judged(toolCallName, reply({ calls: [call('a', '{}', name)], request }))

test('holds', () => expect(says('get_weather')).toEqual(['held']))
test.each([
  'functions.get_weather',
  'get_weather<|channel|>commentary',
  'get_weatherget_weather',
  'Get_Weather',
  'getWeather',
  'get_weath',
  ' get_weather',
])('%s', (name) => expect(says(name)).toEqual(['undeclared']))
test('an invented name where a call was forced', () => expect(says('tool_0', { tool_choice: 'required' })).toEqual(['undeclared']))
test('in a stream', () => expect(judged(toolCallName, calls([head(0, 'a', '{}', 'functions.get_weather')]))).toEqual(['undeclared']))
test.each(['python', 'weather', 'get_weather_forecast'])('%s is invented by a free model', (name) =>
  expect(says(name)).toEqual(['unobserved']),
)
test('the start of a name in a stream belongs to the head', () => {
  expect(judged(toolCallName, calls([head(0, 'a', '{}', 'get_')]))).toEqual(['unobserved'])
})
test('cut in the name', () =>
  expect(judged(toolCallName, reply({ calls: [call('a', '', 'get_')], finish: 'length' }))).toEqual(['unobserved']))
test('a request that is wrong on purpose', () => {
  const view = reply({ calls: [call('a', '{}', 'no_such')], request: { tool_choice: 'required' }, options: { breaks: 'tool_choice' } })
  expect(judged(toolCallName, view)).toEqual(['unobserved'])
})
