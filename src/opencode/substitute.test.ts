import { expect, test } from 'vitest'
import { substitute } from './substitute.ts'

const run = (text: string, env: Record<string, string> = {}, files: Record<string, string> = {}) =>
  substitute({
    text,
    folder: '/code/app',
    home: '/users/ann',
    env,
    read: (file) => (files[file] === undefined ? { kind: 'missing' } : { kind: 'text', text: files[file] as string }),
  })

test('variables are put in as they are, before the files', () => {
  expect(run('{"a":"{env:A}"}', { A: 'x"y' }).text).toBe('{"a":"x"y"}')
  expect(run('"{file:{env:NAME}}"', { NAME: 'key.txt' }, { '/code/app/key.txt': 'abc\n' }).text).toBe('"abc"')
})

test('files are trimmed and escaped, and found beside the configuration, at home or anywhere', () => {
  const files = { '/code/app/k': ' a"b\nc \n', '/users/ann/k': 'home', '/etc/k': 'root' }
  expect(run('{file:./k}{file:~/k}{file:/etc/k}', {}, files).text).toBe('a\\"b\\nchomeroot')
})

test('what is not there is told, with its place', () => {
  const { substitutions, text } = run('"{env:NONE}" "{file:./no}"')
  expect(text).toBe('"" ""')
  expect(substitutions.map(({ name, missing, from, to }) => [name, missing, from, to])).toEqual([
    ['NONE', 'not set', 1, 11],
    ['./no', 'does not exist', 14, 25],
  ])
})

test('a file behind // is left alone', () => expect(run('  // {file:./no}\n1').substitutions).toEqual([]))

test('a file that names itself does not go round in circles', () => {
  const self = '{"a":"{file:./c.json}"}'
  expect(run(self, {}, { '/code/app/c.json': self }).text).toContain('{file:./c.json}')
})

test('places lead back to the text as it was written', () => {
  const text = '{"a":"{env:A}","b":1,"c":"{env:E}"}'
  const { original, text: whole } = run(text, { A: 'a much longer value' })
  for (const part of ['"b":1', '"c"']) expect(original(whole.indexOf(part))).toBe(text.indexOf(part))
  expect(original(whole.indexOf('longer'))).toBe(text.indexOf('{env:A}'))
  expect(original(whole.length, true)).toBe(text.length)
})
