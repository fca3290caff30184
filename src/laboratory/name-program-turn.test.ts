import { expect, test } from 'vitest'
import type { LabEndpoint } from './endpoint.ts'
import { nameProgramTurn, toldResults } from './name-program-turn.ts'
import type { Printed } from './programs.ts'
import type { Ended } from './run-program.ts'

const ask = (body: unknown) => ({ request: { body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) } })
const told = (...bodies: readonly unknown[]) => toldResults(bodies.map(ask) as unknown as LabEndpoint['exchanges'])

test('the results that the model was told are counted in one request, whatever the others are', () => {
  const result = { role: 'tool', content: '' }
  expect(told({ messages: [{ role: 'user' }] }, { messages: [result, null, result] }, { messages: [result] })).toBe(2)
  expect(told('no JSON', { input: 'text' }, { input: [{ type: 'function_call' }, { type: 'function_call_output' }] })).toBe(1)
  expect(told()).toBe(0)
})

const seen = (printed: Partial<Printed>, own: { ended?: Partial<Ended>; bodies?: readonly unknown[]; spoken?: readonly number[] }) => {
  const { bodies = [{ messages: [] }, { messages: [{ role: 'tool' }] }], spoken = [1, 0] } = own
  const endpoint = {
    exchanges: bodies.map(ask),
    requested: bodies.map((body) => JSON.stringify(body)),
    spoken,
    isCapped: () => false,
  } as unknown as LabEndpoint
  const ended: Ended = { stdout: '', stderr: '', code: 0, timedOut: false, ms: 5, ...own.ended }
  return nameProgramTurn({ text: 'Done.', toolsDone: 1, toolsFailed: 0, ...printed }, ended, endpoint)
}

test('what a program printed and what it told the model make the shape', () => {
  expect(seen({}, {}).shape).toBe('works')
  // the call could not be made; only the model was told
  expect(seen({ toolsDone: 0 }, {}).shape).toBe('tool-error')
  expect(seen({ toolsDone: 0 }, { bodies: [{ messages: [] }], spoken: [1] }).shape).toBe('silent')
  expect(seen({}, { ended: { code: 1, stderr: 'first\nlast\n' } })).toMatchObject({ shape: 'error', error: 'last' })
  expect(seen({}, { ended: { code: null } })).toMatchObject({ shape: 'error', error: 'exit code null' })
  expect(seen({}, { ended: { code: null, timedOut: true } }).shape).toBe('hangs')
  expect(seen({ error: 'no', retried: 5 }, {}).shape).toBe('retries')
})

test('an answer that was asked for again was not acted on', () => {
  const again = { messages: [] }
  const other = { messages: [], max_tokens: 64_000 }
  for (const second of [again, other])
    expect(seen({}, { bodies: [again, second, { messages: [{ role: 'tool' }] }], spoken: [1, 1, 0] }).shape).toBe('works')
})
