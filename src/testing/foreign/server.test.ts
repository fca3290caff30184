import { describe, expect, it } from 'vitest'
import type { Bend } from './bend.ts'
import { faults } from './faults.ts'
import { type ForeignOptions, startForeign } from './server.ts'
import { tour, visit } from './tour.ts'
import { variants } from './variants.ts'

type Any = { [name: string]: Any }

const NOON = Date.UTC(2026, 9, 1, 12)
const FUNCTION = { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } }
const CITIES = 'What is the weather in Paris, Tokyo and Lima? Call the tool once for each city.'

async function withServer<T>(options: ForeignOptions, use: (url: string) => Promise<T>): Promise<T> {
  const server = await startForeign({ pace: 0, ...options })
  try {
    return await use(server.url)
  } finally {
    await server.close()
  }
}

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } })
const chat = (content: string, more: object = {}) => ({ model: 'boring-1', messages: [{ role: 'user', content }], ...more })
const data = async (response: Response) =>
  (await response.text()).split('\n').flatMap((line) => (line.startsWith('data: {') ? [JSON.parse(line.slice(6)) as Any] : []))

describe('the server in good order', () => {
  it('replies, counts tokens and obeys the cap', () =>
    withServer({}, async (url) => {
      const response = await post(`${url}/chat/completions`, chat('Reply with the single word OK.'))
      const body = (await response.json()) as Any
      expect(response.headers.get('content-type')).toBe('application/json')
      expect(response.headers.get('x-request-id')).toBeTruthy()
      expect(body.choices).toEqual([
        { index: 0, message: { role: 'assistant', content: 'OK', refusal: null }, logprobs: null, finish_reason: 'stop' },
      ])
      expect(body.usage?.total_tokens).toBe(Number(body.usage?.prompt_tokens) + Number(body.usage?.completion_tokens))
      const cut = (await (await post(`${url}/chat/completions`, chat('Write an essay of 500 words.', { max_tokens: 9 }))).json()) as Any
      expect([cut.choices?.[0]?.finish_reason, cut.usage?.completion_tokens]).toEqual(['length', 9])
    }))

  it('stops before the stop sequence', () =>
    withServer({}, async (url) => {
      const ask = chat('Repeat this line exactly: alpha BRAVO charlie', { stop: ['BRAVO'], stream: true })
      const chunks = await data(await post(`${url}/chat/completions`, ask))
      expect(chunks.map((chunk) => chunk.choices?.[0]?.delta?.content ?? '').join('')).toBe('alpha ')
      expect(chunks.at(-1)?.choices?.[0]?.finish_reason).toBe('stop')
    }))

  it('streams parallel calls', () =>
    withServer({}, async (url) => {
      const tools = [{ type: 'function', function: FUNCTION }]
      const chunks = await data(await post(`${url}/chat/completions`, chat(CITIES, { tools, tool_choice: 'required', stream: true })))
      const args = ['', '', '']
      for (const chunk of chunks) {
        const call = chunk.choices?.[0]?.delta?.tool_calls?.[0]
        if (call) args[Number(call.index)] += String(call.function?.arguments)
      }
      expect(args).toEqual(['{"city":"Paris"}', '{"city":"Tokyo"}', '{"city":"Lima"}'])
      expect(chunks.at(-1)?.choices?.[0]?.finish_reason).toBe('tool_calls')
    }))

  it('refuses what it must refuse', () =>
    withServer({ key: 'k' }, async (url) => {
      const key = { authorization: 'bearer k' }
      const status = async (path: string, body: unknown, headers: Record<string, string>) => {
        const response = await post(`${url}${path}`, body, headers)
        const { error } = (await response.json()) as Any
        return [response.status, error?.param, error?.code]
      }
      expect(await status('/chat/completions', [], {})).toEqual([401, null, null])
      expect(await status('/chat/completions', [], key)).toEqual([400, null, 'invalid_type'])
      expect(await status('/chat/completions', { model: 'boring-1' }, key)).toEqual([400, 'messages', 'missing_required_parameter'])
      expect(await status('/chat/completions', { ...chat('x'), model: 'zz' }, key)).toEqual([404, null, 'model_not_found'])
      expect(await status('/chat/completions', chat('x', { stream: 'yes' }), key)).toEqual([400, 'stream', 'invalid_type'])
      expect(await status('/nothing', {}, key)).toEqual([404, null, null])
      expect(await status('/responses', { model: 'boring-1', input: 'x', previous_response_id: 'y' }, key)).toEqual([
        400,
        'previous_response_id',
        'previous_response_not_found',
      ])
    }))

  it('streams a response by the grammar and remembers it', () =>
    withServer({}, async (url) => {
      const events = await data(await post(`${url}/responses`, { model: 'boring-1', input: 'My code word is plum.', stream: true }))
      expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, at) => at))
      expect(events.map((event) => String(event.type)).filter((type) => !type.endsWith('.delta'))).toEqual([
        'response.created',
        'response.in_progress',
        'response.output_item.added',
        'response.content_part.added',
        'response.output_text.done',
        'response.content_part.done',
        'response.output_item.done',
        'response.completed',
      ])
      const id = String(events.at(-1)?.response?.id)
      const next = await post(`${url}/responses`, { model: 'boring-1', input: 'Repeat my code word.', previous_response_id: id })
      expect(((await next.json()) as Any).output?.[0]?.content?.[0]?.text).toBe('plum')
      expect((await fetch(`${url}/responses/${id}`)).status).toBe(200)
      expect((await fetch(`${url}/responses/${id}`, { method: 'DELETE' })).status).toBe(200)
      expect((await fetch(`${url}/responses/${id}`)).status).toBe(404)
    }))
})

const straight = new Map<string, string[]>()

/** The first stop of the tour at which two servers differ; undefined when they never do. */
async function difference(options: ForeignOptions, bend: Bend): Promise<string | undefined> {
  const base: ForeignOptions = {
    ...(options.key ? { key: options.key } : {}),
    ...(bend.thinks && options.fault ? { variant: 'thinking-model' } : {}),
  }
  const name = `${base.key}/${base.variant}/${bend.ending !== undefined}`
  const known = straight.get(name) ?? []
  straight.set(name, known)
  const visiting = (url: string, at: number) =>
    visit(Number(new URL(url).port), tour[at] ?? { line: '' }, options.key, bend.ending ? 15 : 0)
  if (known.length === 0) {
    await withServer({ ...base, now: () => NOON }, async (url) => {
      for (const at of tour.keys()) known.push(await visiting(url, at))
    })
  }
  return withServer({ ...options, now: () => NOON }, async (url) => {
    for (const [at, stop] of tour.entries()) {
      if ((await visiting(url, at)) !== known[at]) return `${at} ${stop.line}`
    }
    return undefined
  })
}

describe('faults and variants', () => {
  it('have names of their own', () => {
    const names = [...faults, ...variants].map((one) => one.name)
    expect(new Set(names).size).toBe(names.length)
  })

  it('answers the same requests with the same bytes', async () => {
    expect(await difference({}, {})).toBeUndefined()
    expect(await difference({ key: 'open-sesame' }, {})).toBeUndefined()
  })

  it.each(faults.map((fault) => [fault.name, fault] as const))('fault %s shows', async (name, fault) => {
    expect(await difference({ fault: name, ...(fault.key ? { key: 'open-sesame' } : {}) }, fault.bend)).toBeDefined()
  })

  it.each(variants.map((variant) => [variant.name, variant] as const))('variant %s shows', async (name, variant) => {
    expect(await difference({ variant: name }, variant.bend)).toBeDefined()
  })
})
