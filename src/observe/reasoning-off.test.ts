import { expect, test } from 'vitest'
import { observed, spoken } from '../testing/observed.ts'
import { reasoningOff } from './reasoning-off.ts'

const switches = {
  reasoning_effort: { reasoning_effort: 'none' },
  thinking: { thinking: { type: 'disabled' } },
  enable_thinking: { enable_thinking: false },
  chat_template_kwargs: { chat_template_kwargs: { enable_thinking: false } },
  reasoning: { reasoning: { enabled: false } },
}
const thinks = { content: 'Hi.', reasoning_content: 'Hm, so.' }
const run = (...working: readonly string[]) =>
  observed(
    reasoningOff,
    ...Object.entries(switches).map(([name, request]) => spoken(working.includes(name) ? { content: 'Hi.' } : thinks, { request })),
  )

test.each(Object.keys(switches))('%s', (name) => expect(run(name)).toBe(name))
test('several', () => expect(run('thinking', 'reasoning')).toBe('several'))
test('none', () => {
  expect(run()).toBe('none')
  expect(observed(reasoningOff, spoken({}, { status: 400, request: switches.thinking }))).toBe('none')
})
test('nothing to tell', () => {
  expect(observed(reasoningOff, spoken(thinks))).toBeUndefined()
  expect(observed(reasoningOff, spoken(thinks, { end: 'truncated', request: switches.thinking }))).toBeUndefined()
})
