import { expect, test } from 'vitest'
import { callMarkup } from './tool-markup.ts'

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
])('%s', (text) => expect(callMarkup(text, false)).toBeDefined())

test.each([
  'The weather is fine.',
  'river <tool_call> sea �',
  '[TOOL_CALLS] and then nothing',
  '<|python_tag|> hm',
  'vector<int> a; if (a < b) return a[0]',
  'Use the <function> tag.',
  '<|tool_calls_section_begin|>noise',
  '[TOOL_CALLS]\ter{}日 𝔘\u001b[31mof',
  'нет 日本 the <tool_call> {"',
  ' me alphaqu cityParis":of.< getnull**Let Let]assistant <tool_call>qu\n\n should',
])('noise: %s', (text) => expect(callMarkup(text, false)).toBeUndefined())

test('a lone marker beside a parsed call', () => expect(callMarkup('</tool_call>', true)).toBe('</tool_call>'))
test('a whole call in the middle of noise', () =>
  expect(callMarkup('\ufffd日<tool_call>{"name": "get_weather", "arguments": {"city": "\ufffd"}}', false)).toBeDefined())
test('noise beside a parsed call', () => {
  expect(callMarkup('</tool_call> I cannot', true)).toBeUndefined()
  expect(callMarkup('\ufffd日</tool_call>', true)).toBeUndefined()
})
