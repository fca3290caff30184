import { expect, test } from 'vitest'
import { reply } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { reasoningEffort } from './reasoning-effort.ts'

const says = (reasoning_effort: unknown, status: number, breaks?: string) =>
  judged(reasoningEffort, reply({ content: 'OK', request: { reasoning_effort }, options: { status, ...(breaks ? { breaks } : {}) } }))

test('accepted', () => expect(says('low', 200)).toEqual(['held']))
test('refused', () => expect(says('low', 400)).toEqual(['refused']))
test('unknown and refused', () => expect(says('zz', 400, 'reasoning_effort')).toEqual(['held']))
test('unknown and accepted', () => expect(says('zz', 200, 'reasoning_effort')).toEqual(['ignored']))
test('unknown and a server error', () => expect(says('zz', 500, 'reasoning_effort')).toEqual(['server-error']))
test('overload', () => expect(says('low', 503)).toEqual(['unobserved']))
test('not sent', () => expect(says(undefined, 200)).toEqual(['unobserved']))
