import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { KeyError, readHeader, readKey } from './secrets.ts'

const folder = mkdtempSync(join(tmpdir(), 'wirecheck-key-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (text: string) => {
  const path = join(folder, 'key')
  writeFileSync(path, text)
  return path
}
const messageOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof KeyError) return error.message
    throw error
  }
  return 'no error'
}

test('a key comes from a variable, a file or a command', () => {
  expect(readKey({ env: 'KEY' }, { KEY: 'sk-1' })).toEqual({ value: 'sk-1', notes: [] })
  expect(readKey({ file: file('sk-2') }, {})).toEqual({ value: 'sk-2', notes: [] })
  expect(readKey({ command: [process.execPath, '-e', 'process.stdout.write("sk-3")'] }, {})).toEqual({ value: 'sk-3', notes: [] })
})

test('what stands around a key is left out, and said', () => {
  expect(readKey({ env: 'KEY' }, { KEY: 'sk-1\n' })).toEqual({
    value: 'sk-1',
    notes: ['the key from KEY had white space or a line break around it, which was left out'],
  })
  expect(readKey({ env: 'KEY' }, { KEY: 'Bearer  sk-1' })).toEqual({
    value: 'sk-1',
    notes: ['the key from KEY started with "Bearer", which was left out'],
  })
  const path = file('bearer sk-1\r\n')
  expect(readKey({ file: path }, {}).value).toBe('sk-1')
  expect(readKey({ file: path }, {}).notes).toHaveLength(2)
})

test.each([
  ['sk-1\nsk-2', 5],
  ['sk 1', 3],
  ['sk-\u0007', 4],
  ['sk-ü', 4],
  ['“sk-1”', 1],
])('a character that no header can carry is named by its place: %j', (key, position) => {
  expect(messageOf(() => readKey({ env: 'KEY' }, { KEY: key }))).toBe(
    `the key from KEY has a character at position ${position} that no header can carry`,
  )
})

test('what is no key is said without showing it', () => {
  expect(messageOf(() => readKey({ env: 'KEY' }, {}))).toBe('the environment variable KEY is not set')
  for (const empty of ['', ' \n', 'Bearer '])
    expect(messageOf(() => readKey({ env: 'KEY' }, { KEY: empty }))).toMatch(/KEY (holds no key|has a character)|no error/)
  expect(messageOf(() => readKey({ env: 'KEY' }, { KEY: '\n' }))).toBe('KEY holds no key')
  expect(messageOf(() => readKey({ file: join(folder, 'none') }, {}))).toMatch(/^the key cannot be read from .*none: ENOENT/)
  expect(messageOf(() => readKey({ command: [process.execPath, '-e', 'process.exit(3)'] }, {}))).toMatch(
    /^the key cannot be read from .*: Command failed/,
  )
  expect(messageOf(() => readKey({ command: ['no-such-program-zz'] }, {}))).toMatch(/ENOENT/)
})

test('a key given where a variable should be named is not repeated', () => {
  const key = 'sk-proj-0123456789'
  expect(messageOf(() => readKey({ env: key }, {}))).not.toContain(key)
  expect(messageOf(() => readHeader(key, {}))).not.toContain(key)
})

test('the value of a header may hold a scheme and spaces', () => {
  expect(readHeader('H', { H: 'Bearer a b c\n' })).toBe('Bearer a b c')
  expect(messageOf(() => readHeader('H', { H: ' ' }))).toBe('H holds no header value')
  expect(messageOf(() => readHeader('H', { H: 'a\nb: c' }))).toBe('the header value from H has a character that no header can carry')
  expect(messageOf(() => readHeader('H', {}))).toBe('the environment variable H is not set')
})
