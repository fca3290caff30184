import type { Probe } from '../types.ts'

/** An address: `chat-stream`, `chat-stream/usage`, `chat-tools/round-trip[stream]`, `chat-tools/*`. */
export type Selector = string

/** Whether an address means this probe: its suite, the probe in all modes, one mode, or a pattern with `*`. */
export const selects = (selector: Selector, { id }: Probe): boolean => {
  const name = id.replace(/\[.*\]$/, '')
  if (selector === id || selector === name || selector === id.split('/')[0]) return true
  if (!selector.includes('*')) return false
  const pattern = new RegExp(`^${selector.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*')}$`)
  return pattern.test(id) || pattern.test(name)
}
