import { expect, test } from 'vitest'
import { observed } from '../testing/observed.ts'
import { responsesStream } from '../testing/transcript.ts'
import { responsesDone } from './responses-done.ts'

const events = [{ type: 'response.created' }, { type: 'response.completed' }]

test('sent', () => expect(observed(responsesDone, responsesStream([...events, '[DONE]']))).toBe('sent'))
test('absent', () => expect(observed(responsesDone, responsesStream(events))).toBe('absent'))
test('nothing to tell', () => expect(observed(responsesDone, responsesStream(events, { end: 'truncated' }))).toBeUndefined())
