import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memberSpan } from './member-span.ts'

const marked = (text: string, pointer: string) => {
  const span = memberSpan(text, pointer)
  return span && text.slice(...span)
}

test.each([
  ['{"a":1,"b":{"c":[10,{"d":"x"}]}}', '/b/c/1/d', '"d":"x"'],
  ['{"a":1,"b":{"c":[10,{"d":"x"}]}}', '/b/c/0', '10'],
  ['data: {"id":"\\"}","usage": { "x" : null }}\n\n', '/usage/x', '"x" : null'],
  ['event: x\ndata: {"a/b":1,"m~n":2}', '/a~1b', '"a/b":1'],
  ['event: x\ndata: {"a/b":1,"m~n":2}', '/m~0n', '"m~n":2'],
])('%s at %s', (text, pointer, expected) => expect(marked(text, pointer)).toBe(expected))

test('a missing member marks its nearest ancestor', () =>
  expect(marked('{"error":{"message":"no"}}', '/error/code')).toBe('"error":{"message":"no"}'))
test.each([
  ['{"a":[1,2],"b":[3]}', '/a/2', '"a":[1,2]'],
  ['{"a":{"x":1},"y":2}', '/a/y', '"a":{"x":1}'],
  ['{"a":{"x":1}}', '/a/x/z', '"x":1'],
  ['{"a":"[1]"}', '/a/0', '"a":"[1]"'],
  ['{"a":1,"ab":2}', '/ab', '"ab":2'],
  ['{ "a" : 1 , "b" : 2 }', '/b', '"b" : 2'],
  ['[10, 20 , 30]', '/1', '20'],
  ['{"a":{"b":1', '/a/b', '"b":1'],
  ['{"a":tru', '/a', '"a":tru'],
  ['{"a":1 \n}', '/a', '"a":1'],
  ['{"a":12\n', '/a', '"a":12'],
  ['{"a":"x\\"y","b":1}', '/b', '"b":1'],
  ['{"a":"x', '/a', '"a":"x'],
  ['{"\\u0061":1}', '/a', '"\\u0061":1'],
  ['{"a":[[1],[2]]}', '/a/1/0', '2'],
  ['{"a":[{"b":"}"},2]}', '/a/1', '2'],
])('%s at %s, in all its forms', (text, pointer, expected) => expect(marked(text, pointer)).toBe(expected))

test('where nothing on the way is there, nothing is marked', () => {
  for (const text of ['{"a":1}', '[1]', '{}', '{"a', '{', '{"a":', '{,}', '{"b":1}}']) expect(marked(text, '/zz')).toBeUndefined()
})

test('the whole value is not marked', () => expect(memberSpan('{"a":1}', '')).toBeUndefined())
test('no JSON, no mark', () => expect(memberSpan('nothing here', '/a')).toBeUndefined())

test('any text and any pointer: never throws, never leaves the text', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string()), (text, tokens) => {
      const span = memberSpan(`{${text}`, tokens.map((token) => `/${token}`).join(''))
      if (!span) return
      expect(span[0]).toBeGreaterThanOrEqual(0)
      expect(span[1]).toBeLessThanOrEqual(text.length + 1)
    }),
  )
})

test('finds every member of any JSON', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
      const parsed = JSON.parse(JSON.stringify(object)) as Record<string, unknown>
      const text = JSON.stringify(parsed)
      for (const [name, value] of Object.entries(parsed)) {
        const pointer = `/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`
        expect(marked(text, pointer)).toBe(`${JSON.stringify(name)}:${JSON.stringify(value)}`)
      }
    }),
  )
})
