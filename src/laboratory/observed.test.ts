import { expect, test } from 'vitest'
import { nameTurn, type TurnSeen } from './observed.ts'

const fine: TurnSeen = {
  requests: 2,
  repeated: 0,
  capped: false,
  timedOut: false,
  ms: 5,
  text: 'Done.',
  toolsDone: 1,
  toolsFailed: 0,
  spoken: 1,
}

test.each([
  ['works', {}],
  ['tool-error', { toolsDone: 0, toolsFailed: 1 }],
  ['silent', { text: ' ' }],
  ['silent', { toolsDone: 0 }],
  ['error', { error: 'no' }],
  ['error', { error: 'no', repeated: 1 }],
  ['retries', { error: 'no', repeated: 5 }],
  ['retries', { timedOut: true, repeated: 5 }],
  ['hangs', { timedOut: true }],
  ['loops', { timedOut: true, requests: 12 }],
  ['loops', { capped: true, error: 'seen enough' }],
] as const)('%s: %j', (shape, seen) => {
  expect(nameTurn({ ...fine, ...seen }).shape).toBe(shape)
})
