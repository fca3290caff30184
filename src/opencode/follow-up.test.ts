import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { curlLine } from '../cli/curl.ts'
import { project, withProvider, worldOf } from '../testing/opencode.ts'
import type { Cause } from './cause.ts'
import { diagnose } from './diagnose.ts'

const folder = mkdtempSync(join(tmpdir(), 'wirecheck-follow-up-'))
afterAll(() => rmSync(folder, { recursive: true }))

const key = 'sk-follow-up-0123456789'

type Answering = (request: IncomingMessage, body: string) => readonly [status: number, body: unknown]

/** The first cause for an endpoint that answers so. */
const causeOf = async (answering: Answering): Promise<Cause | undefined> => {
  const server = createServer((request, response) => {
    let sent = ''
    request.on('data', (part: Buffer) => (sent += part.toString()))
    request.on('end', () => {
      const [status, body] = answering(request, sent)
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const options = {
    baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    apiKey: '{env:ACME_KEY}',
    headers: { 'X-Acme': 'sk-super-0123456789', 'cf-aig-metadata': 'topsecret' },
  }
  try {
    const world = worldOf({ files: { [project]: withProvider({ options }) }, env: { ACME_KEY: key } })
    return (await diagnose({ world, patienceMs: 5000, file: join(folder, 't.jsonl'), curl: curlLine })).causes[0]
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const refusal = (message: string, code: string | null = null) => ({ error: { message, type: 'invalid_request_error', param: null, code } })
const list = { object: 'list', data: [{ id: 'qwen3-8b', object: 'model' }] }
const isList = ({ method }: IncomingMessage): boolean => method === 'GET'

test.each([
  ['a list for keys only', true, refusal('Not for you.'), /lacks a scope/],
  ['a list for everybody', false, refusal('Not for you.'), /does not accept the key/],
  ['a key that is called incorrect', true, refusal('Incorrect API key provided.'), /does not accept the key/],
  ['a key that is called invalid', true, refusal('The API key is invalid, or has no permission.'), /does not accept the key/],
  ['the code of a wrong key', true, refusal('No.', 'invalid_api_key'), /does not accept the key/],
] as const)('401 with %s', async (_, guarded, body, title) => {
  const cause = await causeOf((request) => {
    if (!isList(request)) return [401, body]
    return guarded && request.headers.authorization === undefined ? [401, refusal('No key.')] : [200, list]
  })
  expect(cause?.id).toBe('key-refused')
  expect(cause?.title).toMatch(title)
})

const lines = (cause: Cause | undefined): readonly string[] =>
  (cause?.fixes ?? []).flatMap((fix) => (fix.kind === 'vendor' && fix.curl !== undefined ? [fix.curl] : []))

test('the line for the vendor has a tool where tools are refused, and no secret', async () => {
  const cause = await causeOf((request) => (isList(request) ? [200, list] : [400, refusal('This model does not support tools.')]))
  expect(cause?.id).toBe('tools-refused')
  const [line = ''] = lines(cause)
  const body = JSON.parse(/--data-binary '(.*)'$/.exec(line)?.[1]?.replaceAll(`'\\''`, `'`) ?? '')
  expect(body.tools).toHaveLength(1)
  expect(body.tool_choice).toBe('auto')
  expect(line.length).toBeLessThan(2000)
  expect(line).toContain("-H 'X-Acme: …'")
  expect(line).toContain('Bearer $OPENAI_API_KEY')
  expect(line).not.toMatch(/sk-|topsecret/)
})

test('a short line cannot show that a long prompt is refused', async () => {
  const cause = await causeOf((request, body) => (body.length > 4000 ? [400, refusal('No.')] : isList(request) ? [200, list] : [200, {}]))
  expect(cause?.id).toBe('prompt-refused')
  expect(lines(cause)).toEqual([])
})
