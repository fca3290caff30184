import { expect, test } from 'vitest'
import { redactPieces } from './redact-pieces.ts'

const secret = 'sk-proj-0123456789abcdef'
const none = { atMs: [], ends: [] }
const redact = (text: string, secrets: readonly string[] = [secret]) =>
  Buffer.from(redactPieces(Buffer.from(text), none, secrets).body).toString()
const cut = (text: string, ...at: readonly number[]): string[] => [0, ...at].map((from, index) => text.slice(from, at[index]))

const chat = (text: string, index = 0) => `data: ${JSON.stringify({ id: 'c', choices: [{ index, delta: { content: text } }] })}\n\n`
const argument = (text: string) =>
  `data: {"choices": [{"delta": {"tool_calls": [{"function": {"arguments": ${JSON.stringify(text)}}}]}}]}\n\n`
const response = (text: string, sequence_number = 1) =>
  `event: response.output_text.delta\ndata: ${JSON.stringify({ sequence_number, delta: text })}\n\n`
const block = (text: string) => `data: ${JSON.stringify({ type: 'content_block_delta', delta: { type: 'text_delta', text } })}\n\n`

/** What the texts of a stream join to. */
const joined = (stream: string, name: string): string =>
  [...stream.matchAll(new RegExp(`"${name}": ?("(?:[^"\\\\]|\\\\.)*")`, 'g'))]
    .map(([, text]) => JSON.parse(text as string) as string)
    .join('')

test.each([
  ['chat', chat, 'content'],
  ['arguments with white space', argument, 'arguments'],
  ['Responses', response, 'delta'],
  ['Messages', block, 'text'],
] as const)('a secret in pieces is replaced, and the pieces of the mark join to it: %s', (_, event, name) => {
  for (const pieces of [cut(secret, 10), cut(secret, 1, 2, 3), cut(secret, 3, 8, 20, 23), [...secret]]) {
    const stream = ['Your "key" is ', ...pieces, ', keep it'].map((text) => event(text)).join('')
    const written = redact(stream)
    expect(joined(written, name)).toBe('Your "key" is [redacted], keep it')
    expect(written.split('\n').length).toBe(stream.split('\n').length)
  }
})

test('the first and the last piece may stand in longer texts, and empty texts in between', () => {
  const stream = [`{"k":"${secret.slice(0, 5)}`, '', secret.slice(5, 9), '', `${secret.slice(9)}"} and ${secret.slice(0, 3)}`]
    .map(argument)
    .join('')
  expect(joined(redact(stream), 'arguments')).toBe(`{"k":"[redacted]"} and ${secret.slice(0, 3)}`)
})

test('two choices that tell it at the same time', () => {
  const pieces = cut(secret, 4, 9, 15)
  const stream = pieces.map((text) => chat(text, 0) + chat(text, 1)).join('')
  const written = redact(stream)
  for (const piece of pieces) expect(written).not.toContain(piece)
})

test('the tokens of log probabilities, with others that were likely', () => {
  const tokens = cut(secret, 2, 8, 12)
  const content = tokens.map((token) => ({ token, top_logprobs: [{ token }, { token: 'SK' }, { token: 'sky' }] }))
  const written = redact(JSON.stringify({ logprobs: { content } }))
  for (const token of tokens.slice(1)) expect(written).not.toContain(`"${token}"`)
})

test('reads end where their bytes went', () => {
  const events = cut(secret, 7, 14).map((text) => chat(text))
  const ends = events.map((_, index) => events.slice(0, index + 1).join('').length)
  const { body, reads } = redactPieces(Buffer.from(events.join('')), { atMs: [1, 2, 3], ends }, [secret])
  const text = Buffer.from(body).toString()
  expect(reads.ends.map((end) => text.slice(0, end).split('\n\n').length - 1)).toEqual([1, 2, 3])
  expect(reads.ends.at(-1)).toBe(body.byteLength)
})

test.each([
  ['a beginning that something else follows', ['sk-proj-', 'of the month']],
  ['all but the last character', [secret.slice(0, 9), secret.slice(9, -1), '.']],
  ['pieces in another order', [secret.slice(9), secret.slice(0, 9)]],
])('%s stays as it is', (_, texts) => {
  const stream = texts.map((text) => chat(text)).join('')
  expect(redact(stream)).toBe(stream)
})

test('names of members are no texts, and short secrets are not looked for', () => {
  const stream = `{"sk-proj-":1,"0123456789abcdef":2}${chat('abc')}${chat('def')}`
  expect(redact(stream, [secret, 'abcdef'])).toBe(stream)
})

test('a body made of beginnings comes to an end', () => {
  const stream = chat('s').repeat(20_000)
  expect(redact(stream).length).toBe(stream.length)
  const far = `${chat('sk-proj-')}${' '.repeat(100_000)}`.repeat(20)
  expect(redact(far)).toBe(far)
})

test.each([
  ['aaaaaaaa', ['aaaa', 'aaaa', 'aaaa', 'aaaa']],
  ['aaaaaaaa', [...'a'.repeat(30)]],
  ['abababab', ['xab', 'abab', 'ababab', 'aba', 'b', 'ababababa', 'bab']],
])('a secret that goes on with its own beginning: %s in %j', (repeated, texts) => {
  const written = joined(redact(texts.map((text) => chat(text)).join(''), [repeated]), 'content')
  expect(written).toContain('[redacted]')
  expect(written).not.toContain(repeated)
  expect(written.replaceAll('[redacted]', '')).toMatch(/^[abx]*$/)
})

test('texts that could belong to several occurrences: what is left does not join to the secret', () => {
  const texts = ['abaab', 'aabaab', 'aab', 'abaa', 'baab', 'aabaab']
  const written = joined(redact(texts.map((text) => chat(text)).join(''), ['abaabaab']), 'content')
  expect(written).not.toContain('abaabaab')
})

test('three choices that tell it one character at a time', () => {
  const stream = [...secret].flatMap((char) => [0, 1, 2].map((index) => chat(char, index))).join('')
  const lines = redact(stream).split('\n')
  for (const index of [0, 1, 2])
    expect(joined(lines.filter((line) => line.includes(`"index":${index}`)).join('\n'), 'content')).toBe('[redacted]')
})
