import { expect, test } from 'vitest'
import { defineCheck, held, unobserved, violated } from '../checks/define-check.ts'
import { requirement } from '../testing/exchanges.ts'
import { json } from '../testing/transcript.ts'
import type { AnyCheck, CheckContext, Endpoint, Outcome, Trait, View, When } from '../types.ts'
import { evaluate, traitsHold, whenMatches } from './evaluate.ts'

const traits = (...names: Trait[]) => new Set(names)

test('traits: all that are asked for, none that is ruled out', () => {
  expect(traitsHold([], traits())).toBe(true)
  expect(traitsHold(['key', 'chat'], traits('key', 'chat'))).toBe(true)
  expect(traitsHold(['key', 'chat'], traits('key'))).toBe(false)
  expect(traitsHold(['!thinks'], traits('key'))).toBe(true)
  expect(traitsHold(['key', '!thinks'], traits('key', 'thinks'))).toBe(false)
})

const answer = (status: number, endpoint: Endpoint = 'POST /chat/completions', request: Record<string, unknown> = {}) =>
  json(endpoint, {}, { status, request })
const chat: Endpoint = 'POST /chat/completions'
const models: Endpoint = 'GET /models/{model}'

test.each<[string, When, View, boolean]>([
  ['no condition', {}, answer(200), true],
  ['the endpoint', { endpoint: [chat] }, answer(200), true],
  ['another endpoint', { endpoint: ['POST /responses'] }, answer(200), false],
  ['one of several', { endpoint: ['POST /responses', chat] }, answer(200), true],
  ['an exception', { except: [chat] }, answer(200), false],
  ['one of several exceptions', { except: ['POST /responses', chat] }, answer(200), false],
  ['no exception', { except: ['POST /responses'] }, answer(200), true],
  ['one segment', { endpoint: [models] }, answer(200, 'GET /models/gpt-5.1'), true],
  ['one segment is not two', { endpoint: [models] }, answer(200, 'GET /models/a/b'), false],
  ['one segment is not none', { endpoint: [models] }, answer(200, 'GET /models/'), false],
  ['nothing before', { endpoint: ['GET /a.b/{id}'] }, answer(200, 'GET /v1GET /a.b/1' as Endpoint), false],
  ['a dot is a dot', { endpoint: ['GET /a.b/{id}'] }, answer(200, 'GET /axb/1'), false],
  ['a dot', { endpoint: ['GET /a.b/{id}'] }, answer(200, 'GET /a.b/1'), true],
  ['something behind', { endpoint: ['GET /a/{id}/c'] }, answer(200, 'GET /a/1/cd'), false],
  ['two segments', { endpoint: ['GET /a/{id}/{other}'] }, answer(200, 'GET /a/1/2'), true],
  ['a class of status', { status: ['2xx'] }, answer(299), true],
  ['another class', { status: ['2xx'] }, answer(300), false],
  ['classes', { status: ['4xx', '5xx'] }, answer(503), true],
  ['a stream', { stream: true }, answer(200, chat, { stream: true }), true],
  ['no stream', { stream: true }, answer(200, chat, { stream: false }), false],
  ['no word of a stream', { stream: false }, answer(200), true],
  ['truthy is not true', { stream: true }, answer(200, chat, { stream: 1 }), false],
  ['no body', { stream: false }, answer(200, 'GET /models'), true],
])('%s', (_, when, view, matches) => expect(whenMatches(when, view)).toBe(matches))

test('a rule with a place is asked again without forgetting', () => {
  for (const name of ['a', 'b']) expect(whenMatches({ endpoint: [models] }, answer(200, `GET /models/${name}`))).toBe(true)
})

const bad = { code: 'bad', at: { in: 'end' } } as const
const shaped = { code: 'type', at: { in: 'status' } } as const
const asking = (outcome: Outcome | Error | string, own: Partial<AnyCheck> = {}, seen: unknown[] = []) =>
  new Map<string, AnyCheck>([
    [
      'c',
      defineCheck<unknown>({
        id: 'c',
        summary: 'c',
        codes: ['bad'],
        needs: 'any',
        over: 'exchange',
        judge: (views, args, context) => {
          seen.push(views.length, args, context)
          if (outcome instanceof Error || typeof outcome === 'string') throw outcome
          return outcome
        },
        ...own,
      }),
    ],
  ])
const rule = requirement({ id: 'r', check: { id: 'c', args: { a: 1 } } })
const view = (shape: readonly string[] = [], end: 'complete' | 'truncated' = 'complete') =>
  json(chat, {}, { end, shape: shape.map((name) => ({ requirement: name, violation: shaped })) })
const decide = (checks: ReadonlyMap<string, AnyCheck>, ...views: [View, ...View[]]) =>
  evaluate(rule, views, { checks, traits: traits('key'), declared: true })

test('the check is asked with its arguments and what is known', () => {
  const seen: unknown[] = []
  expect(decide(asking(held(2), {}, seen), view())).toEqual({ kind: 'held', subjects: 2 })
  expect(seen).toEqual([1, { a: 1 }, { requirement: 'r', traits: traits('key'), declared: true } satisfies CheckContext])
})

test('what the shape says of the requirement is added; without its own violation that is all', () => {
  expect(decide(asking(held(1)), view(['r', 'other', 'r']))).toEqual({ kind: 'violated', violations: [shaped, shaped] })
  expect(decide(asking(unobserved('no')), view(['r']))).toEqual({ kind: 'violated', violations: [shaped] })
  expect(decide(asking(violated(bad)), view(['r']))).toEqual({ kind: 'violated', violations: [shaped, bad] })
  expect(decide(asking(violated(bad)), view(['other']))).toEqual({ kind: 'violated', violations: [bad] })
  expect(decide(asking(held(1), { over: 'probe' }), view(['r']))).toEqual({ kind: 'held', subjects: 1 })
  expect(decide(asking(held(1)), view(['r']), view())).toEqual({ kind: 'held', subjects: 1 })
})

test('a throw is ours, whatever is thrown, and no shape hides it', () => {
  expect(decide(asking(new RangeError('ouch')), view(['r']))).toEqual({ kind: 'thrown', message: 'RangeError: ouch' })
  expect(decide(asking('words'), view())).toEqual({ kind: 'thrown', message: 'words' })
  expect(decide(new Map(), view())).toEqual({ kind: 'thrown', message: 'no check c' })
})

test('a check that needs it whole is not asked about a cut body, not even about one of several', () => {
  const whole = asking(held(1), { needs: 'complete' })
  const cut = { kind: 'unobserved', reason: 'the body is truncated' }
  expect(decide(whole, view())).toEqual({ kind: 'held', subjects: 1 })
  expect(decide(whole, view([], 'truncated'))).toEqual(cut)
  expect(decide(whole, view([], 'truncated'), view())).toEqual(cut)
  expect(decide(asking(held(1)), view([], 'truncated'))).toEqual({ kind: 'held', subjects: 1 })
})
