import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Reads } from '../types.ts'
import { redactBody, redactBytes, redactDeep, redactHeaders, redactText } from './redact.ts'

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const clean = (body: string, ...secrets: string[]) => text(redactBytes(Buffer.from(body, 'latin1'), secrets))

test.each([
  ['as it is', (key: string) => key],
  ['in a URL', encodeURIComponent],
  ['in a URL with small digits', (key: string) => encodeURIComponent(key).replace(/%../g, (code) => code.toLowerCase())],
  ['in JSON', (key: string) => JSON.stringify(key).slice(1, -1)],
  ['in JSON with escaped slashes', (key: string) => JSON.stringify(key).slice(1, -1).replaceAll('/', '\\/')],
  ['in JSON with escaped signs', (key: string) => JSON.stringify(key).slice(1, -1).replaceAll('+', '\\u002B')],
])('a secret is found %s', (_, echo) => {
  const key = 'sk-a/b+c"d$e.*(f'
  expect(clean(`{"message":"bad key ${echo(key)}!"}`, key)).toBe('{"message":"bad key [redacted]!"}')
})

test.each(['', 'x', 'xy', 'user:'])('a secret is found in base64 behind %j', (before) => {
  const key = 'sk-0123456789abcdef'
  for (const coding of ['base64', 'base64url'] as const) {
    const echoed = Buffer.from(`${before}${key}~~~`).toString(coding)
    const result = clean(`echo ${echoed}`, key)
    expect(result).toContain('[redacted]')
    expect(Buffer.from(result.replace('echo ', '').replace('[redacted]', ''), 'base64').toString('latin1')).not.toContain(key.slice(0, 4))
  }
})

test('a secret that holds another, and secrets that overlap, leave no rest', () => {
  expect(clean('sk-123456789-longer', 'sk-123456789', 'sk-123456789-longer')).toBe('[redacted]')
  expect(clean('a'.repeat(30), 'a'.repeat(8))).toBe('[redacted]')
  expect(clean('abcdefghijkl', 'abcdefgh', 'efghijkl')).toBe('[redacted]')
})

test('a secret that only a replacement completes is replaced too', () => {
  expect(clean('first-secret-tail', 'first-secret', 'ted]-tail')).not.toContain('ted]-tail')
  expect(clean('[redacted]', 'redacted')).toBe('[redacted]')
})

test('short secrets are replaced where they stand alone', () => {
  expect(clean('a test of tests', 'test')).toBe('a test of tests')
  expect([redactText('test', ['test']), redactText('tests', ['test']), redactText('', ['', 'x'])]).toEqual(['[redacted]', 'tests', ''])
  const headers = [
    ['x-echo', 'test'],
    ['Authorization', 'Bearer test'],
    ['x-more', 'a test'],
  ] as const
  expect(redactHeaders(headers, ['test']).map(([, value]) => value)).toEqual(['[redacted]', 'Bearer [redacted]', 'a test'])
})

test('headers that carry credentials lose their value, and others what is secret in them', () => {
  const key = 'sk-0123456789'
  const redacted = redactHeaders(
    [
      ['AUTHORIZATION', `bearer ${key}`],
      ['api-key', key],
      ['Set-Cookie', 'session=1'],
      ['Location', `/x?key=${key}&a=1`],
      ['x-other', 'plain \xe9'],
    ],
    [key],
  )
  expect(redacted).toEqual([
    ['AUTHORIZATION', 'bearer [redacted]'],
    ['api-key', '[redacted]'],
    ['Set-Cookie', '[redacted]'],
    ['Location', '/x?key=[redacted]&a=1'],
    ['x-other', 'plain \xe9'],
  ])
  expect(redactHeaders([['authorization', 'Bearer known-wrong']], [key], ['known-wrong'])).toEqual([
    ['authorization', 'Bearer known-wrong'],
  ])
})

/** Bodies with secrets in them, cut into reads anywhere. */
const bodies = fc
  .record({
    secrets: fc.array(fc.string({ minLength: 8, maxLength: 20, unit: fc.constantFrom('a', 'b', '/', '$', '.', '*', '"', '[', ']', 'd') }), {
      minLength: 1,
      maxLength: 3,
    }),
    parts: fc.array(fc.oneof(fc.string({ maxLength: 12, unit: fc.constantFrom('a', 'b', 'é', '\n') }), fc.nat({ max: 8 })), {
      maxLength: 12,
    }),
    cuts: fc.array(fc.nat({ max: 200 }), { maxLength: 20 }),
  })
  .map(({ secrets, parts, cuts }) => {
    const body = Buffer.from(parts.map((part) => (typeof part === 'string' ? part : secrets[part % secrets.length])).join(''))
    const places = [...new Set([0, ...cuts.filter((cut) => cut < body.length), body.length])].sort((one, other) => one - other)
    const ends = places.slice(1)
    const reads: Reads = { atMs: ends.map((_, index) => index), ends }
    return { secrets, body, reads }
  })

test('no secret is left, and the reads still cover the body in order', () => {
  fc.assert(
    fc.property(bodies, ({ secrets, body, reads }) => {
      const result = redactBody(body, reads, secrets)
      for (const secret of secrets) expect(Buffer.from(result.body).includes(secret)).toBe(false)
      const { atMs, ends } = result.reads
      expect(atMs).toEqual(reads.atMs)
      expect(ends.length).toBe(reads.ends.length)
      expect(ends.at(-1) ?? 0).toBe(result.body.byteLength)
      expect(ends).toEqual([...ends].sort((one, other) => one - other))
    }),
    { numRuns: 500 },
  )
})

test('offsets behind a secret point to the same bytes as before', () => {
  const key = 'sk-0123456789'
  const body = Buffer.from(`data: 1\n\ndata: ${key}\n\ndata: 3\n\n`)
  const at = body.indexOf(key)
  const ends = [9, at + 4, at + key.length + 2, body.length]
  const { body: recorded, reads } = redactBody(body, { atMs: [1, 2, 3, 4], ends }, [key])
  expect(reads.ends.map((to, index) => text(recorded.subarray(reads.ends[index - 1] ?? 0, to)))).toEqual([
    'data: 1\n\n',
    'data: [redacted]',
    '\n\n',
    'data: 3\n\n',
  ])
})

test('an endpoint that echoes a secret without end costs no more than its body', () => {
  const key = 'sk-0123456789'
  const body = Buffer.from(`${key},`.repeat(200_000))
  expect(redactBytes(body, [key]).byteLength).toBe(200_000 * '[redacted],'.length)
})

test('spellings with escapes, in form values and in names', () => {
  const secret = 'sk-Top!Secret~99'
  const escaped = [...secret].map((char, index) => (index % 2 ? char : `\\u00${char.charCodeAt(0).toString(16)}`)).join('')
  const form = new URLSearchParams({ v: secret }).toString()
  const seen = Buffer.from(redactBytes(Buffer.from(`{"a":"${escaped}","b":"${form}"}`), [secret])).toString()
  expect(seen).toBe('{"a":"[redacted]","b":"v=[redacted]"}')
  expect(redactHeaders([[`x-${secret}`, '1']], [secret])).toEqual([['x-[redacted]', '1']])
})

test('every text of a value, member names included', () => {
  expect(redactDeep({ 'sk-0123456789': [{ actual: 'is sk-0123456789!' }, 5, null] }, ['sk-0123456789'])).toEqual({
    '[redacted]': [{ actual: 'is [redacted]!' }, 5, null],
  })
})
