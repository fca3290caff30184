import { expect, test } from 'vitest'
import { interruptible } from './interrupt.ts'

const counts = () => ['SIGINT', 'SIGTERM'].map((name) => process.listenerCount(name))

test('the first signal stops the run and says what the second does; then signals are left to the system', async () => {
  const before = counts()
  let said = ''
  const interrupt = interruptible({
    err: (text) => {
      said += text
    },
  })
  expect(counts()).toEqual(before.map((count) => count + 1))
  expect([interrupt.signal.aborted, interrupt.code()]).toEqual([false, undefined])
  process.listeners('SIGTERM').at(-1)?.('SIGTERM')
  expect([interrupt.signal.aborted, interrupt.code()]).toEqual([true, 143])
  expect(said).toContain('the same again ends it at once')
  await interrupt.release()
  expect(counts()).toEqual(before)
})
