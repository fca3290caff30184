import { expect, test } from 'vitest'
import { argumentsProblem } from './tool-arguments.ts'

test.each([
  ['{"city":"Paris"}', undefined],
  [' {"a":"}\\"{"}\n', undefined],
  ['', 'empty'],
  ['{"city":', 'not-json'],
  ["{'city': 'Paris'}", 'not-json'],
  ['[1]', 'not-object'],
  ['null', 'not-object'],
  ['"text"', 'not-object'],
  ['"{\\"city\\":\\"Paris\\"}"', 'double-encoded'],
  ['{"city":"Paris"}}', 'trailing'],
  ['{}{"city":"Paris"}', 'trailing'],
  ['}{', 'not-json'],
])('%s', (text, problem) => expect(argumentsProblem(text)).toBe(problem))
