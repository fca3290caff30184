import { expect, test } from 'vitest'
import { argumentsObject, argumentsProblem, isNothingAsNull, needsNoArguments } from './tool-arguments.ts'

test.each([
  ['{"city":"Paris"}', undefined],
  [' {"a":"}\\"{"}\n', undefined],
  ['', 'empty'],
  [' \n', 'empty'],
  ['{"city":', 'not-json'],
  ["{'city': 'Paris'}", 'not-json'],
  ['[1]', 'not-object'],
  ['null', 'not-object'],
  ['"text"', 'not-object'],
  ['"{\\"city\\":\\"Paris\\"}"', 'double-encoded'],
  ['{"city":"Paris"}}', 'trailing'],
  ['{}{"city":"Paris"}', 'trailing'],
  ['}{', 'not-json'],
  ['{"city":"}"} Paris', 'trailing'],
  ['{"city":{"name":"Paris"},"unit":"c"} Paris', 'trailing'],
  ['{"city":"\\"}{"} Paris', 'trailing'],
])('%s', (text, problem) => expect(argumentsProblem(text)).toBe(problem))

test('arguments are an object only as the text of one', () => {
  expect(argumentsObject('{"city":"Paris"}')).toEqual({ city: 'Paris' })
  for (const other of ['[1]', '{"city', {}, ['{}'], 5, null, undefined]) expect(argumentsObject(other)).toBeUndefined()
})

test('null stands for no arguments only where no parameters were declared', () => {
  expect(isNothingAsNull(' null\n', { name: 'now' })).toBe(true)
  expect(isNothingAsNull('{}', { name: 'now' })).toBe(false)
  expect(isNothingAsNull('null', { name: 'now', parameters: {} })).toBe(false)
  expect(isNothingAsNull('null', undefined)).toBe(false)
})

test('a function needs no arguments of which none is required', () => {
  for (const declared of [{}, { parameters: null }, { parameters: {} }, { parameters: { required: [] } }])
    expect(needsNoArguments(declared)).toBe(true)
  expect(needsNoArguments({ parameters: { required: ['city'] } })).toBe(false)
  expect(needsNoArguments(undefined)).toBe(false)
})
