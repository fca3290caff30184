import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readDeviations } from './deviation.ts'
import { startDeviatingEndpoint } from './deviation-endpoint.ts'
import { foretell, pathOf } from './deviation-turn.ts'
import { agrees } from './predict.ts'

const deviations = readDeviations(join(import.meta.dirname, 'deviations'))

/** Each stands beside what OpenCode was seen to do; a row that says `foretold` is one that the recording cannot tell. */
describe('OpenCode is foretold as it was measured', () => {
  test.each(deviations.map((deviation) => [`${deviation.api} ${deviation.name}`, deviation] as const))('%s', async (_, deviation) => {
    const { shape } = await foretell(deviation, 'opencode-1.18')
    expect(shape).toBe(deviation.foretold ?? deviation.observed)
  })
})

test('rows that are foretold otherwise say why, and are few', () => {
  const otherwise = deviations.filter(({ foretold }) => foretold !== undefined)
  expect(otherwise.filter(({ why, foretold, observed }) => why === undefined || foretold === observed)).toEqual([])
  const wrong = otherwise.filter(({ foretold, observed }) => foretold === 'unknown' || (foretold && !agrees(foretold, observed)))
  expect(wrong.length).toBeLessThan(deviations.length / 100)
})

test.each(['chat', 'responses'] as const)('without a deviation, %s works', async (api) => {
  expect(await foretell({ name: 'none', api, call: {}, text: {}, observed: 'works' }, 'opencode-1.18')).toEqual({
    shape: 'works',
    symptom: 'works',
  })
})

test('names are used once', () => {
  const names = deviations.map(({ api, name }) => `${api} ${name}`)
  expect(new Set(names).size).toBe(names.length)
})

const ask = async (name: string) => {
  const deviation = deviations.find((each) => each.name === name)
  if (!deviation) throw new Error(`there is no deviation ${name}`)
  const endpoint = await startDeviatingEndpoint(deviation)
  const request = { model: 'm', messages: [{ role: 'user', content: 'Hi.' }], tools: [{}] }
  const answer = () => fetch(endpoint.url + pathOf(deviation), { method: 'POST', body: JSON.stringify(request) })
  return { endpoint, answer }
}

test('the server sends what is recorded', async () => {
  const { endpoint, answer } = await ask('tool-whole')
  const text = await (await answer()).text()
  const [exchange] = endpoint.exchanges
  expect(exchange?.outcome.kind === 'response' && Buffer.from(exchange.outcome.body).toString()).toBe(text)
  expect([text.includes('"name":"bash"'), endpoint.spoken]).toEqual([true, [1]])
  await endpoint.close()
})

test('a connection that breaks breaks', async () => {
  const { endpoint, answer } = await ask('framing-reset-in-call')
  await expect((await answer()).text()).rejects.toThrow()
  expect(endpoint.exchanges[0]?.outcome).toMatchObject({ end: 'truncated' })
  await endpoint.close()
})

test('an answer that is given once is followed by the next', async () => {
  const { endpoint, answer } = await ask('http-once-503')
  const statuses = [(await answer()).status, (await answer()).status, (await answer()).status]
  expect(statuses).toEqual([503, 200, 200])
  await endpoint.close()
})
