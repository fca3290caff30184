import { expect, test } from 'vitest'
import { json } from '../testing/transcript.ts'
import { callMarkup, isQuoted, speaksOfTools } from './tool-markup.ts'

test.each([
  '<tool_call>\n{"name": "get_weather", "arguments": {"city": "Paris"}}\n</tool_call>',
  '<tool_call>\n{"name": "get_w',
  '<tool_call>get_weather\n<arg_key>city</arg_key>',
  '<tool_call>\n<function=get_weather>\n<parameter=city>',
  '<minimax:tool_call>\n<invoke name="get_weather">',
  'Sure. <function=get_weather>{"city": "Paris"}</function>',
  '[TOOL_CALLS][{"name": "get_weather", "arguments": {"city": "Paris"}}]',
  '[TOOL_CALLS]get_weather[ARGS]{"city": "Paris"}',
  '[TOOL_CALLS] get_weather{"city": "Paris"}',
  '<|python_tag|>{"name": "get_weather", "parameters": {"city": "Paris"}}',
  '<|python_tag|>get_weather.call(city="Paris")',
  '<|tool_calls_section_begin|><|tool_call_begin|>functions.get_weather:0<|tool_call_argument_begin|>{}',
  '<|tool_call_begin|>functions.get_weather:0<|tool_call_argument_begin|>{}',
  '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>get_weather',
  '<｜tool▁call▁begin｜>get_weather<｜tool▁sep｜>{"city":"Paris"}',
  '<｜DSML｜function_calls>\n<｜DSML｜invoke name="get_weather">',
  '<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>{}',
  '<|tool_call|>[{"name": "get_weather"}]',
  '<tool_call></tool_call>',
  '<function_call>{"name": "get_weather"}',
  '```\n<tool_call>{"name": "bash", "arguments": {}}</tool_call>\n```',
  'With `bash`: <tool_call>{"name": "bash", "arguments": {}}</tool_call> `',
])('%s', (text) => expect(callMarkup(text, false)).toBeDefined())

test.each([
  'The weather is fine.',
  'river <tool_call> sea �',
  '[TOOL_CALLS] and then nothing',
  '<|python_tag|> hm',
  'vector<int> a; if (a < b) return a[0]',
  'Use the <function> tag.',
  'Some models write `<tool_call>{"name": "bash", "arguments": {}}</tool_call>` for that.',
  '<|tool_calls_section_begin|>noise',
  '[TOOL_CALLS]\ter{}日 𝔘\u001b[31mof',
  'нет 日本 the <tool_call> {"',
  '\ufffd {"name": "get_weather", "arguments": {}} <tool_call>{"',
  ' me alphaqu cityParis":of.< getnull**Let Let]assistant <tool_call>qu\n\n should',
])('noise: %s', (text) => expect(callMarkup(text, false)).toBeUndefined())

test('a lone marker beside a parsed call', () => expect(callMarkup('</tool_call>', true)).toBe('</tool_call>'))
test('a whole call in the middle of noise', () =>
  expect(callMarkup('\ufffd日<tool_call>{"name": "get_weather", "arguments": {"city": "\ufffd"}}', false)).toBeDefined())
test('noise beside a parsed call', () => {
  expect(callMarkup('</tool_call> I cannot', true)).toBeUndefined()
  expect(callMarkup('\ufffd日</tool_call>', true)).toBeUndefined()
})
test('what is shown begins with the marker and is cut', () => {
  expect(callMarkup(`Sure. <tool_call>{${'x'.repeat(99)}`, false)).toBe(`<tool_call>{${'x'.repeat(48)}`)
  expect(callMarkup(`Sure. </tool_call>${' '.repeat(99)}`, true)).toBe(`</tool_call>${' '.repeat(48)}`)
})

const asks = (request: Readonly<Record<string, unknown>>) => json('POST /chat/completions', {}, { request })
const models = json('GET /models', {})

test.each<readonly [boolean, Readonly<Record<string, unknown>>]>([
  [true, { tools: [{}] }],
  [true, { functions: [{}] }],
  [true, { messages: [{ role: 'user' }, { role: 'assistant', tool_calls: [] }] }],
  [true, { messages: [null, { role: 'tool' }] }],
  [false, { tools: [], functions: [] }],
  [false, { messages: [{ role: 'user' }, { role: 'assistant', tool_calls: null }] }],
  [false, { messages: 'tool' }],
])('that calls can be expected is %s of %j', (expected, request) => expect(speaksOfTools(asks(request))).toBe(expected))
test('a request without a body speaks of no tools', () => expect(speaksOfTools(models)).toBe(false))

test('a marker is quoted that the conversation holds', () => {
  const said = asks({ messages: [{ role: 'user', content: 'What is <tool_call>\n good for?' }] })
  expect(isQuoted(said, '<tool_call>\n{"name": "get_weather"}')).toBe(true)
  expect(isQuoted(said, '<tool_call>{"name": "get_weather"}')).toBe(false)
  expect(isQuoted(asks({ messages: [{ content: 'Use <function=x>.' }] }), '<function=get_weather>')).toBe(false)
  expect(isQuoted(asks({ messages: [{ content: 'Use <function=g.' }] }), '<function=get_weather>')).toBe(false)
  expect(isQuoted(asks({ messages: [{ content: 'Use <function=ge.' }] }), '<function=get_weather>')).toBe(true)
  expect(isQuoted(models, '<tool_call>')).toBe(false)
})
