import { connect } from 'node:net'

/** One request of the tour. */
type Stop = { line: string; body?: unknown; raw?: string; headers?: Record<string, string>; secret?: string | null }

const chat = (body: object, more: Partial<Stop> = {}): Stop => ({
  line: 'POST /v1/chat/completions',
  body: { model: 'boring-1', messages: [{ role: 'user', content: 'Reply with the single word OK.' }], max_tokens: 16, ...body },
  ...more,
})
const respond = (body: object): Stop => ({
  line: 'POST /v1/responses',
  body: { model: 'boring-1', input: 'Reply with the single word OK.', max_output_tokens: 64, ...body },
})
const user = (content: unknown) => ({ role: 'user', content })
const schema = { type: 'object', properties: { city: { type: 'string' }, unit: { type: 'string', enum: ['c', 'f'] } }, required: ['city'] }
const weather = { type: 'function', function: { name: 'get_weather', description: 'The weather.', parameters: schema } }
const clock = { type: 'function', function: { name: 'get_time', parameters: { type: 'object', properties: { zone: { type: 'string' } } } } }
const flat = { type: 'function', name: 'get_weather', parameters: schema }
const paris = 'What is the weather in Paris? Use the tool.'
const cities = 'What is the weather in Paris, Tokyo and Lima? Call the tool once for each city.'
const essay = 'Write an essay of 500 words about rivers.'
const strange = 'Repeat this line exactly: caf\u{e9} \u{65e5}\u{672c} \u{1f44b}\u{1f3fd} \u{0645}'
const long = 'The river runs to the sea. '.repeat(44)
const usage = { stream: true, stream_options: { include_usage: true } }
const call = (id: string, city = 'Paris') => ({ id, type: 'function', function: { name: 'get_weather', arguments: `{"city":"${city}"}` } })
const result = (id: string, content: unknown = '21 degrees') => ({ role: 'tool', tool_call_id: id, content })
const asked = { role: 'user', content: [{ type: 'input_text', text: 'Reply with the single word OK.' }] }
const said = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text: 'OK', annotations: [] }],
}
const thought = { id: 'rs_1', type: 'reasoning', summary: [{ type: 'summary_text', text: 'Well.' }] }
const made = {
  type: 'function_call',
  id: 'fc_1',
  call_id: 'call_9',
  name: 'get_weather',
  arguments: '{"city":"Paris"}',
  status: 'completed',
}
const named = (name: string) => ({ type: 'function', function: { name } })

/** Requests that between them show everything the server does, right or wrong; the first reply is the one continued later. */
export const tour: Stop[] = [
  respond({}),
  chat({}),
  { line: 'GET /v1/models' },
  { line: 'GET /v1/models/acme%2Fboring-small' },
  { line: 'GET /v1/models/nope' },
  chat({}, { headers: { 'x-stainless-lang': 'js', 'content-type': 'application/json; charset=utf-8' } }),
  chat({}, { secret: 'wrong-key' }),
  chat({}, { secret: null }),
  chat({ stream: false }, { headers: { authorization: 'bearer open-sesame' } }),
  chat({ messages: [user(strange)], max_tokens: 64 }),
  chat({ messages: [user(strange)], max_tokens: 64, ...usage }, { headers: { accept: 'application/json' } }),
  chat({ messages: [{ role: 'system', content: long }, user('Reply with the single word OK.')] }),
  chat({ messages: [{ role: 'developer', content: long }, user('Reply with the single word OK.')] }),
  chat({
    messages: [
      user([
        { type: 'text', text: 'Reply with the single word OK.' },
        { type: 'text', text: long },
      ]),
    ],
  }),
  chat({ messages: [user('My code word is qwert.'), { role: 'assistant', content: 'Noted.' }, user('Repeat my code word.')] }),
  chat({
    messages: [
      user('My code word is qwert.'),
      { role: 'assistant', content: 'Noted.', reasoning_content: 'Hm.' },
      user('Repeat my code word.'),
    ],
  }),
  chat({
    messages: [
      { role: 'system', content: 'a' },
      { role: 'system', content: 'b' },
      user('c'),
      { role: 'assistant', content: '' },
      user('d'),
      user('e'),
    ],
  }),
  chat({ messages: [user(essay)] }),
  chat({ messages: [user(essay)], max_tokens: null, max_completion_tokens: 16, stream: true }),
  chat({ messages: [user('Repeat this line exactly: alpha BRAVO charlie')], stop: 'BRAVO', max_tokens: 64 }),
  chat({ messages: [user('Repeat this line exactly: alpha BRAVO charlie')], stop: ['BRAVO'], max_tokens: 64, stream: true }),
  chat({ messages: [user('Count from 1 to 60, separated by spaces.')], max_tokens: 256, ...usage }),
  chat({ n: 2, temperature: 1, logprobs: true, top_logprobs: 2 }),
  chat({ n: 2, logprobs: true, stream: true }),
  chat({ messages: [user(paris)], tools: [weather], max_tokens: 256 }),
  chat({ messages: [user(paris)], tools: [weather], max_tokens: 256, tool_choice: 'none' }),
  chat({ messages: [user(paris)], tools: [weather], max_tokens: 256, tool_choice: 'required' }),
  chat({ messages: [user(paris)], tools: [weather, clock], max_tokens: 256, tool_choice: named('get_time') }),
  chat({ messages: [user(cities)], tools: [weather], max_tokens: 256, tool_choice: 'required' }),
  chat({ messages: [user(cities)], tools: [weather], max_tokens: 256, tool_choice: 'required', stream: true }),
  chat({ messages: [user(cities)], tools: [weather], max_tokens: 256, parallel_tool_calls: false }),
  chat({ messages: [user('Hello.')], tools: [{ type: 'function', function: { name: 'ping' } }], tool_choice: 'required' }),
  chat({ messages: [user(paris), { role: 'assistant', content: null, tool_calls: [call('call_1')] }, result('call_1')], tools: [weather] }),
  chat({
    messages: [user(paris), { role: 'assistant', tool_calls: [call('functions.get_weather:0')] }, result('functions.get_weather:0')],
  }),
  chat({
    messages: [
      user(cities),
      { role: 'assistant', content: '', tool_calls: [call('a'), call('b', 'Tokyo')] },
      result('b', [{ type: 'text', text: 'cold' }]),
      result('a', ''),
    ],
    tools: [weather],
  }),
  { line: 'POST /v1/chat/completions', body: { model: 'boring-1' } },
  chat({ model: 'no-such-model-zz' }),
  chat({ model: 'no-such-model-zz', stream: true }),
  { line: 'POST /v1/no-such-resource', body: {} },
  { line: 'PUT /v1/chat/completions', body: {} },
  chat({}, { headers: { 'content-type': 'text/plain' } }),
  { line: 'POST /v1/chat/completions', raw: '{"model":' },
  { line: 'POST /v1/chat/completions', body: [] },
  chat({ messages: 'hi' }),
  chat({ messages: [] }),
  chat({ temperature: 'hot' }),
  chat({ temperature: 3 }),
  chat({ tools: {} }),
  chat({ tools: [weather], tool_choice: named('nope') }),
  chat({ messages: [user('Hi'), result('x')] }),
  chat({ tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'objekt' } } }] }),
  chat({ messages: [user([{ type: 'hologram', data: 'x' }])] }),
  chat({ zz_unknown_param: 1 }),
  chat({ stream_options: { include_usage: true } }),
  respond({ input: [asked, said, asked] }),
  respond({ input: [{ role: 'developer', content: 'Be brief.' }, asked], instructions: long, temperature: 0.5, metadata: { a: 'b' } }),
  respond({ stream: true }),
  respond({ input: paris, tools: [flat], tool_choice: 'required' }),
  respond({ input: cities, tools: [flat], tool_choice: 'required' }),
  respond({ input: paris, tools: [flat], tool_choice: 'none' }),
  respond({ input: cities, tools: [flat], tool_choice: 'required', stream: true }),
  respond({
    input: [user(paris), thought, made, { type: 'function_call_output', call_id: 'call_9', output: '21 degrees' }],
    tools: [flat],
  }),
  respond({ input: essay, max_output_tokens: 16 }),
  respond({ input: essay, max_output_tokens: 16, stream: true }),
  respond({ previous_response_id: 'resp_nope' }),
  respond({ previous_response_id: 'resp_000001' }),
  respond({ input: undefined }),
  respond({ include: ['zz'] }),
  respond({ tools: [{ type: 'no_such_tool' }] }),
  respond({ input: [user('Hi'), { type: 'function_call_output', call_id: 'x', output: 'y' }] }),
]

function written(stop: Stop, key: string | undefined): string {
  const body = stop.raw ?? (stop.body === undefined ? '' : JSON.stringify(stop.body))
  const secret = stop.secret === undefined ? key : stop.secret
  const headers: Record<string, string> = {
    host: 'x',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
  }
  if (secret) headers.authorization = `Bearer ${secret}`
  const lines = Object.entries({ ...headers, ...stop.headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${stop.line} HTTP/1.1\r\n${lines.join('')}\r\n${body}`
}

function whole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return false
  const length = /^content-length: (\d+)/im.exec(text.slice(0, end))?.[1]
  return length === undefined ? text.endsWith('0\r\n\r\n') : text.length - end - 4 >= Number(length)
}

/** Sends one request over a new connection; gives every byte that came back, and how it ended. */
export function visit(port: number, stop: Stop, key: string | undefined, grace: number): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(written(stop, key)))
    const over = (how: string) => {
      socket.destroy()
      resolve(`${text}|${how}`)
    }
    socket.setEncoding('latin1').setTimeout(400, () => over('stalled'))
    socket.on('error', () => over('error')).on('end', () => over('closed'))
    socket.on('data', (part: string) => {
      text += part
      if (whole(text)) grace > 0 ? setTimeout(() => over('whole'), grace) : over('whole')
    })
  })
}
