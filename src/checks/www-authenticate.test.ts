import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import type { Headers } from '../types.ts'
import { wwwAuthenticate } from './www-authenticate.ts'

const answered = (headers: Headers, status = 401) =>
  judged(wwwAuthenticate, json('POST /chat/completions', {}, { status, headers, auth: 'none' }))

test('holds', () => expect(answered([['WWW-Authenticate', 'Basic realm="a", bearer realm="b"']])).toEqual(['held']))
test('missing', () => expect(answered([])).toEqual(['missing']))
test('another scheme', () => expect(answered([['www-authenticate', 'Basic']])).toEqual(['scheme']))
test('no 401', () => expect(answered([], 403)).toEqual(['unobserved']))
