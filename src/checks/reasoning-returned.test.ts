import { expect, test } from 'vitest'
import { reply } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { reasoningReturned } from './reasoning-returned.ts'

const turn = (assistant: object, status = 200) =>
  reply({ content: 'OK', request: { messages: [{ role: 'assistant', content: 'OK', ...assistant }] }, options: { status } })

test('holds', () => expect(judged(reasoningReturned, turn({ reasoning_content: 'Hm.' }))).toEqual(['held']))
test('refused', () => expect(judged(reasoningReturned, turn({ reasoning: 'Hm.' }, 400))).toEqual(['refused']))
test('nothing to send back', () => expect(judged(reasoningReturned, turn({ reasoning: null }, 400))).toEqual(['unobserved']))
test('overload', () => expect(judged(reasoningReturned, turn({ reasoning: 'Hm.' }, 503))).toEqual(['unobserved']))
