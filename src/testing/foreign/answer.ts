import { type Bend, bad, type Dict, type Failure, type Turn, type Where } from './bend.ts'
import { chatBlocks, chatBody } from './chat.ts'
import { chatAsk, chatProblems } from './chat-rules.ts'
import { speak } from './model.ts'
import { responseBlocks, responseBody } from './responses.ts'
import { inputTurns, responsesAsk, responsesProblems } from './responses-rules.ts'
import { dict, list, q, str, withoutNulls } from './text.ts'

type Stored = { text: string; turns: Turn[]; items: string[] }
/** What is to be sent: one text, or the blocks of a stream. */
export type Answer = { status: number; text?: string; blocks?: string[]; fields?: [string, string][] }
/** Where a path leads. */
type Place = { kind: Where['kind']; id: string; allow: string; sub: string }
/** The running server. */
export type Shop = {
  bend: Bend
  key: string | undefined
  models: string[]
  pace: number
  now: () => number
  store: Map<string, Stored>
  serial: number
  calls: number
}

/** Longer bodies are refused. */
export const LIMIT = 32 * 1024 * 1024

/** The answer to a failed request. */
export function refusal(failure: Failure): Answer {
  const { message, type, param, code } = failure
  const text = `{"error":{"message":${q(message)},"type":${q(type)},"param":${q(param)},"code":${q(code)}}}`
  return { status: failure.status, text, ...(failure.fields ? { fields: failure.fields } : {}) }
}

/** Finds the resource of a path. */
export function find(path: string): Place {
  const at = (kind: Where['kind'], allow: string, id = '', sub = ''): Place => ({ kind, allow, id, sub })
  if (/^\/v1\/chat\/completions\/?$/.test(path)) return at('chat', 'POST')
  if (path === '/v1/responses') return at('responses', 'POST')
  if (path === '/v1/models') return at('models', 'GET, HEAD')
  const model = /^\/v1\/models\/(.+)$/.exec(path)
  if (model) return at('model', 'GET, HEAD', model[1])
  const stored = /^\/v1\/responses\/([^/]+)(?:\/(input_items|cancel))?$/.exec(path)
  if (!stored || stored[1] === 'input_tokens' || stored[1] === 'compact') return at('none', '')
  const allow = stored[2] === 'cancel' ? 'POST' : stored[2] === 'input_items' ? 'GET, HEAD' : 'GET, HEAD, DELETE'
  return at('stored', allow, stored[1], stored[2])
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function parse(bytes: Buffer): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)) }
  } catch {
    return undefined
  }
}

function admitted(shop: Shop, where: Where): Failure | undefined {
  const given = where.headers.authorization === undefined ? undefined : str(where.headers.authorization)
  const fields: [string, string][] = [['www-authenticate', 'Bearer realm="foreign"']]
  const no = (message: string, code: string | null): Failure => ({ ...bad('auth', null, message, code), status: 401, fields })
  const presented = /^bearer +(.+)$/i.exec(given ?? '')?.[1]
  let honest: Failure | undefined
  if (shop.key !== undefined && presented !== shop.key) {
    honest = presented
      ? no('That key is not known here.', 'invalid_api_key')
      : no('This server wants a key: Authorization: Bearer <key>.', null)
  }
  return shop.bend.admit ? shop.bend.admit(given, shop.key ?? '', honest) : honest
}

function entry(shop: Shop, model: string): string {
  return `{"id":${q(model)},"object":"model","created":${Math.floor(shop.now() / 1000) - 86400},"owned_by":"foreign"}`
}

function stored(shop: Shop, place: Place, method: string): Answer {
  const id = decoded(place.id)
  const kept = shop.store.get(id)
  if (kept === undefined) return refusal({ ...bad('no-response', null, `There is no response ${q(id)}.`), status: 404 })
  if (place.sub === 'cancel') return refusal(bad('cancel', null, 'Only background responses can be cancelled.'))
  if (method === 'DELETE') {
    shop.store.delete(id)
    return { status: 200, text: `{"id":${q(id)},"object":"response","deleted":true}` }
  }
  if (place.sub !== 'input_items') return { status: 200, text: kept.text }
  const ids = kept.items.map((item) => q(dict(JSON.parse(item))?.id))
  const ends = `"first_id":${ids[0] ?? 'null'},"last_id":${ids.at(-1) ?? 'null'}`
  return { status: 200, text: `{"object":"list","data":[${kept.items.join(',')}],${ends},"has_more":false}` }
}

function inputItems(body: Dict, tail: string): string[] {
  const given = typeof body.input === 'string' ? [{ role: 'user', content: body.input }] : list(body.input).map((item) => dict(item) ?? {})
  return given.map((item: Dict, at) => {
    const parts = typeof item.content === 'string' ? { content: [{ type: 'input_text', text: item.content }] } : {}
    return q({ id: `in_${tail}_${at}`, type: 'message', ...item, ...parts })
  })
}

function generate(shop: Shop, where: Where, body: Dict): Answer {
  const { bend } = shop
  const thinks = bend.thinks === true
  const chat = where.kind === 'chat'
  const previous = body.previous_response_id === undefined ? [] : shop.store.get(str(body.previous_response_id))?.turns
  const objection = bend.object?.(body, where)
  const problems = chat ? chatProblems(body, shop.models, thinks) : responsesProblems(body, shop.models, previous, thinks)
  for (const problem of objection ? [objection, ...problems] : problems) {
    const failure = bend.refuse ? bend.refuse(problem, where) : problem
    if (failure) return refusal(failure)
  }
  const ask = chat ? chatAsk(body) : responsesAsk(body, previous ?? [])
  bend.ask?.(ask, where)
  where.stream = ask.stream
  const tail = `${where.serial.toString(36).padStart(6, '0')}`
  const created = Math.floor(shop.now() / 1000)
  const all = Array.from({ length: ask.n }, () => {
    const said = speak(ask, thinks, () => `call_${(++shop.calls).toString(36).padStart(8, 'x')}`)
    bend.said?.(said, ask, where)
    return said
  })
  if (chat) {
    const id = `cmp-${tail}`
    return ask.stream ? { status: 200, blocks: chatBlocks(ask, all, id, created) } : { status: 200, text: chatBody(ask, all, id, created) }
  }
  const [said] = all
  if (said === undefined) return refusal({ ...bad('n', 'n', 'Nothing was said.'), status: 500, type: 'server_error' })
  const id = `resp_${tail}`
  const text = responseBody(ask, said, id, created)
  if (body.store !== false) {
    const turns = [...(previous ?? []), ...inputTurns(body), { role: 'assistant', text: said.text, calls: said.calls }]
    shop.store.set(id, { text, turns, items: inputItems(body, tail) })
  }
  return ask.stream ? { status: 200, blocks: responseBlocks(ask, said, id, created) } : { status: 200, text }
}

/** Decides on the answer to one request; `bytes` is undefined when the body was too long. */
export function decide(shop: Shop, where: Where, place: Place, bytes: Buffer | undefined): Answer {
  const { bend } = shop
  const pass = (failure: Failure) => {
    const left = bend.refuse ? bend.refuse(failure, where) : failure
    return left && refusal(left)
  }
  const locked = admitted(shop, where)
  if (locked) return refusal(locked)
  if (place.kind === 'none') {
    const lost = pass({ ...bad('unknown-path', null, `There is nothing at ${where.method} ${where.path}.`), status: 404 })
    return lost ?? { status: 200, text: '{"error":"Unexpected endpoint or method."}' }
  }
  if (!place.allow.split(', ').includes(where.method)) {
    const fields: [string, string][] = [['allow', place.allow]]
    const lost = pass({ ...bad('method', null, `${where.method} is not for this resource.`), status: 405, fields })
    return lost ?? { status: 200, text: '{"ok":true}' }
  }
  if (place.kind === 'models') {
    return { status: 200, text: `{"object":"list","data":[${shop.models.map((model) => entry(shop, model)).join(',')}]}` }
  }
  if (place.kind === 'model') {
    const id = [place.id, decoded(place.id)].find((one) => shop.models.includes(one))
    if (id !== undefined) return { status: 200, text: entry(shop, id) }
    const gone = { ...bad('no-model-entry', null, `There is no model ${q(decoded(place.id))}.`, 'model_not_found'), status: 404 }
    return pass(gone) ?? { status: 200, text: entry(shop, decoded(place.id)) }
  }
  if (place.kind === 'stored') return stored(shop, place, where.method)
  const media = str(where.headers['content-type']).split(';')[0]?.trim().toLowerCase() ?? ''
  if (media !== '' && media !== 'application/json' && !media.endsWith('+json')) {
    const lost = pass({ ...bad('media-type', null, `A body of type ${media} is not read here; send application/json.`), status: 415 })
    if (lost) return lost
  }
  if (bytes === undefined) {
    return refusal({ ...bad('too-large', null, `Bodies may have ${LIMIT} bytes at most.`, 'request_too_large'), status: 413 })
  }
  const json = parse(bytes)
  where.sent = json?.value
  const body = dict(json?.value)
  where.stream = body?.stream === true
  if (json === undefined) {
    const rule = bytes.length === 0 ? 'not-object' : 'not-json'
    const lost = pass(bad(rule, null, 'The body could not be read: it is not valid JSON in UTF-8.'))
    if (lost) return lost
  } else if (body === undefined) {
    const lost = pass(bad('not-object', null, 'The body has to be a JSON object.', 'invalid_type'))
    if (lost) return lost
  }
  return generate(shop, where, withoutNulls(body ?? {}))
}
