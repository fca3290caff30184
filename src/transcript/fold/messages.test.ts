import { expect, test } from 'vitest'
import { block, end, events, fragments, stream, text, use, words } from '../../testing/messages.ts'
import { foldMessages } from './messages.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests reach into JSON at any depth
const folded = (list: readonly unknown[]): any => foldMessages(stream(list).events)

test('a message', () => {
  expect(folded(events())).toEqual({
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'm',
    content: [{ type: 'text', text: 'OK' }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 10, output_tokens: 2 },
  })
})

test('thoughts, words and a tool', () => {
  const thoughts = [
    { type: 'thinking_delta', thinking: 'h' },
    { type: 'thinking_delta', thinking: 'm' },
    { type: 'signature_delta', signature: 'x' },
  ]
  const { content } = folded(
    events(
      block(0, { type: 'thinking', thinking: '', signature: '' }, ...thoughts),
      block(1, text(''), ...words('a'), { type: 'citations_delta', citation: { at: 1 } }, { type: 'zz_delta', zz: 1 }),
      block(2, use({ input: {} }), ...fragments('', '{"city":', '"Rome"}')),
    ),
  )
  expect(content).toEqual([
    { type: 'thinking', thinking: 'hm', signature: 'x' },
    { type: 'text', text: 'a', citations: [{ at: 1 }] },
    { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Rome' } },
  ])
})

test('an input without fragments is what the start says', () => {
  expect(folded(events(block(0, use({ input: {} }), ...fragments('')))).content[0].input).toEqual({})
  expect(folded(events(block(0, use()))).content[0].input).toEqual({ city: 'Paris' })
})

test('what is broken is left out', () => {
  expect(folded(events(block(0, use({ input: {} }), ...fragments('{"city":')))).content[0].input).toBeUndefined()
  expect(folded(events(block(0, text(''), { type: 'text_delta', text: 5 }))).content[0].text).toBeUndefined()
  expect(folded(events(block(0, use({ input: {} }), { type: 'input_json_delta' }))).content[0].input).toBeUndefined()
})

test('no start, no message; nonsense is no matter', () => {
  expect(folded(end())).toBeUndefined()
  expect(folded([])).toBeUndefined()
  const odd = ['[DONE]', '[]', '{"type":7}', '{"type":"content_block_delta","index":9,"delta":{"type":"text_delta","text":"x"}}']
  expect(folded([...events().slice(0, 1), ...odd, { type: 'content_block_start', index: 'x', content_block: {} }]).content).toEqual([])
})

const start = { type: 'message_start', message: { id: 'msg_1', usage: { input_tokens: 3 }, content: [] } }
const began = (index: unknown, content_block: unknown = { type: 'text', text: '' }) => ({
  type: 'content_block_start',
  index,
  content_block,
})
const grew = (index: unknown, delta: unknown) => ({ type: 'content_block_delta', index, delta })

test('blocks come in the order of their indexes, each begun once, and only under a whole number', () => {
  const list = [
    start,
    began(10),
    began(2, { type: 'text', text: 'b' }),
    began(2, { type: 'text', text: 'late' }),
    began(1.5),
    began('1'),
    began(0, 5),
  ]
  expect(folded([...list, grew(10, { type: 'text_delta', text: 'c' })]).content).toEqual([
    { type: 'text', text: 'b' },
    { type: 'text', text: 'c' },
  ])
})

test('only the events that are meant begin a message or a block, and the first message stays', () => {
  const other = { type: 'other', message: { id: 'no' } }
  expect(folded([other])).toBeUndefined()
  expect(folded([{ type: 'message_start', message: 'no' }])).toBeUndefined()
  expect(folded([start, other, { ...start, message: { id: 'late' } }]).id).toBe('msg_1')
  expect(folded([start, { ...began(0), type: 'other' }, { ...began(1), type: 'content_block_stop' }]).content).toEqual([])
  const odd = [
    { ...grew(0, { type: 'text_delta', text: 'x' }), type: 'other' },
    grew(0, 'x'),
    grew(0, { text: 'x' }),
    grew(0, { type: 5, text: 'x' }),
  ]
  expect(folded([start, began(0), ...odd]).content).toEqual([{ type: 'text', text: '' }])
})

test('the end tells what it has to tell, and null takes nothing back', () => {
  const told = (rest: object) => folded([start, { type: 'message_delta', ...rest }])
  expect(told({ delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 2, input_tokens: null } })).toEqual({
    id: 'msg_1',
    stop_reason: 'end_turn',
    content: [],
    usage: { input_tokens: 3, output_tokens: 2 },
  })
  expect(told({ delta: 'x', usage: 'xyz' })).toEqual({ ...start.message })
  expect(told({ delta: ['x'], usage: [5] })).toEqual({ ...start.message })
  const bare = folded([
    { type: 'message_start', message: { usage: 'x' } },
    { type: 'message_delta', usage: { output_tokens: 1 } },
  ])
  expect(bare.usage).toEqual({ output_tokens: 1 })
})

test('a piece of the wrong type spoils its member, and a member that was no text becomes one', () => {
  const [input] = folded([start, began(0, { type: 'tool_use', input: {} }), grew(0, { type: 'input_json_delta', partial_json: 5 })]).content
  expect(input).toEqual({ type: 'tool_use' })
  const [text] = folded([start, began(0, { type: 'text', text: 5 }), grew(0, { type: 'text_delta', text: 'x' })]).content
  expect(text).toEqual({ type: 'text', text: 'x' })
  const [strange] = folded([start, began(0), grew(0, { type: 'constructor', constructor: 'x' })]).content
  expect(Object.keys(strange)).toEqual(['type', 'text'])
})
