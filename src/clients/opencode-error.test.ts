import { expect, test } from 'vitest'
import type { Caught } from './handed.ts'
import { displayed, fateOfAnswer, fateOfError, fateOfReport } from './opencode-error.ts'

const refused = (message: string, status = 400): Caught => ({ name: 'AI_APICallError', message, thrown: true, status, retryable: false })
const broken = (message: string, name = 'AI_JSONParseError'): Caught => ({ name, message, thrown: false })

test.each([
  ['max_tokens must be at most 5000', 'retried'],
  ['Rate-limit reached', 'retried'],
  ['too_many_requests', 'shown'],
  ['internal_error', 'retried'],
  ['internal-error', 'shown'],
  ['timeout', 'retried'],
  ['a timeout', 'shown'],
  ['stream read timeout', 'retried'],
  ['please try again', 'shown'],
  ['Try again in 5 seconds', 'retried'],
  ['connection reset by peer', 'shown'],
  ['The model is temporarily at capacity', 'retried'],
  ['at capacity', 'shown'],
  ['temporarily unavailable', 'shown'],
  ['prompt is too long', 'compacted'],
  ['prompt too long', 'shown'],
  ['too many tokens, rate limit', 'retried'],
  ["Requested token count exceeds the model's maximum context length of 8192 tokens.", 'compacted'],
  ['Your input exceeds the context window of this model', 'compacted'],
  ['context window exceeded', 'shown'],
])('a refusal that says "%s" is %s', (message, fate) => {
  expect(fateOfAnswer(refused(message), '{}')).toBe(fate)
})

test('a refusal is also judged by its status, its code and what else its body says', () => {
  expect([
    fateOfAnswer(refused('no', 413), ''),
    fateOfAnswer(refused('no', 500), ''),
    fateOfAnswer(refused('no'), '{"error":{"message":"no","code":"context_length_exceeded"}}'),
    fateOfAnswer(refused('no'), '{"error":{"message":"no"},"id":"req_85029"}'),
    fateOfAnswer(refused('no'), '{"error":{"message":"no"},"hint":"prompt is too long"}'),
  ]).toEqual(['compacted', 'retried', 'compacted', 'retried', 'shown'])
})

test('of a body that the package cannot read the words are found, but not those of a page', () => {
  expect([
    displayed(refused('Bad Request'), '{"message":"no"}'),
    displayed(refused('Bad Request'), '{"error":"no"}'),
    displayed(refused('Bad Request'), '{"detail":"no"}'),
    displayed(refused('Bad Request'), '<html>no</html>'),
    displayed(refused('Bad Request'), ''),
    displayed(refused(''), ''),
    displayed(refused('no'), '{"message":"more"}'),
  ]).toEqual(['Bad Request: no', 'Bad Request: no', 'Bad Request: {"detail":"no"}', 'Bad Request', 'Bad Request', 'Bad Request', 'no'])
})

test.each([
  [{ message: 'no' }, 'shown'],
  [{ message: 'no', code: 500 }, 'retried'],
  [{ message: 'Memory exhausted' }, 'retried'],
  [{ message: 'no', type: 'error' }, 'retried'],
  [{ type: 'error', error: { code: 'insufficient_quota' } }, 'shown'],
  [{ type: 'error', error: { code: 'context_length_exceeded' } }, 'compacted'],
  [{ message: '{"type":"error","error":{"message":"no"}}' }, 'retried'],
  ['no', 'shown'],
  ['overloaded', 'retried'],
])('a report of %j in a stream is %s', (report, fate) => {
  expect(fateOfReport(report)).toBe(fate)
})

test('broken JSON is judged by the words of the engine of OpenCode, which names no places', () => {
  const parse = (text: string, words: string) => broken(`JSON parsing failed: Text: ${text}.\nError message: ${words}`)
  expect([
    fateOfError(parse('{', 'Unexpected end of JSON input')),
    fateOfError(parse('{"a', 'Unterminated string in JSON at position 3')),
    fateOfError(parse('"\t"', 'Bad control character in string literal in JSON at position 1')),
    fateOfError(parse('{', "Expected ',' in JSON at position 1500")),
    fateOfError(parse('{500', 'Unexpected token')),
  ]).toEqual(['shown', 'retried', 'retried', 'shown', 'retried'])
})
