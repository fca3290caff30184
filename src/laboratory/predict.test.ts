import { expect, test } from 'vitest'
import { clientProfiles } from '../clients/profiles.ts'
import type { ClientApi } from '../types.ts'
import { turns } from './choose.ts'
import { startLabEndpoint } from './endpoint.ts'
import { predictTurn, shapeOfSymptom } from './predict.ts'

const asked = async (fault?: string, api: ClientApi = 'chat', model = 'reference', step = 0) => {
  const endpoint = await startLabEndpoint(fault === undefined ? [] : [fault], [model])
  const { path, bodies } = turns[api]
  const body = JSON.stringify({ model, ...bodies[step] })
  const ask = () => fetch(endpoint.url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  return { endpoint, ask }
}

test('the prompt makes the model call the tool, and the answer is recorded as it was sent', async () => {
  const { endpoint, ask } = await asked()
  const text = await (await ask()).text()
  expect(text).toContain('"name":"bash"')
  expect(endpoint.spoken).toEqual([1])
  const [exchange] = endpoint.exchanges
  expect(exchange?.request.endpoint).toBe('POST /chat/completions')
  expect(exchange?.outcome.kind === 'response' && Buffer.from(exchange.outcome.body).toString()).toBe(text)
  expect(await predictTurn(endpoint.exchanges, 'opencode-1.18')).toEqual({ shape: 'works', symptom: 'works' })
  await endpoint.close()
})

test('a turn is foretold by the worst of its answers', async () => {
  const { endpoint, ask } = await asked('usage-string')
  await (await ask()).text()
  expect(await predictTurn(endpoint.exchanges, 'opencode-1.18')).toEqual({ shape: 'error', symptom: 'turn-dies' })
  await endpoint.close()
})

test('whoever asks without end is turned away', async () => {
  const { endpoint, ask } = await asked()
  const statuses: number[] = []
  for (let count = 0; count < 26; count += 1) {
    const answer = await ask()
    await answer.text()
    statuses.push(answer.status)
  }
  expect(statuses.filter((status) => status === 410)).toHaveLength(1)
  expect(endpoint.isCapped()).toBe(true)
  await endpoint.close()
})

test('every symptom that decides something has a shape', () => {
  const symptoms = new Set(clientProfiles.flatMap((profile) => Object.entries(profile.symptoms)))
  const missing = [...symptoms].filter(([name, { result }]) => result !== 'unknown' && shapeOfSymptom(name) === undefined)
  expect(missing.map(([name]) => name)).toEqual([])
})

/** Seen in a laboratory run of the real clients, and once foretold otherwise. */
test.each([
  ['ai-sdk-7', 'chat', 'stream-finish-unknown', 'silent', 'tools-not-run'],
  ['ai-sdk-6', 'chat', 'stream-finish-unknown', 'works', 'works'],
  ['ai-sdk-7', 'responses', 'rstream-terminal-missing', 'silent', 'tools-not-run'],
  ['openai-node', 'chat', 'tool-name-changed', 'tool-error', 'unknown-tool'],
  ['openai-node', 'chat', 'tool-stream-head-after-arguments', 'tool-error', 'unknown-tool'],
] as const)('%s, %s, %s: %s', async (client, api, fault, shape, symptom) => {
  const { endpoint, ask } = await asked(fault, api)
  await (await ask()).text()
  expect(await predictTurn(endpoint.exchanges, client)).toEqual({ shape, symptom })
  await endpoint.close()
})

test('an answer that is nothing but thoughts nobody shows is an empty one', async () => {
  const { endpoint, ask } = await asked('tool-call-in-reasoning', 'responses', 'reference-thinking')
  await (await ask()).text()
  expect(await predictTurn(endpoint.exchanges, 'opencode-1.18')).toEqual({ shape: 'silent', symptom: 'empty' })
  await endpoint.close()
})

test('what OpenCode had shown before the failure stays', async () => {
  const { endpoint, ask } = await asked('rstream-failed-without-error', 'responses', 'reference', 1)
  await (await ask()).text()
  expect((await predictTurn(endpoint.exchanges, 'opencode-1.18')).shape).toBe('works')
  await endpoint.close()
})
