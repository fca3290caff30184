import { azurePlace, prepareAzure, requireDeployment } from './azure.ts'
import { answerChat } from './chat-reply.ts'
import { answerCompletion } from './completions.ts'
import { answerEmbeddings } from './embeddings.ts'
import type { Answer, Call, Json } from './exchange.ts'
import { answerMessages } from './messages.ts'
import { listModels, retrieveModel } from './models.ts'
import { Refusal } from './refusal.ts'
import { answerResponses, countInput } from './responses-reply.ts'
import { cancelResponse, deleteResponse, listInputItems, retrieveResponse } from './responses-state.ts'
import { isObject } from './validate/members.ts'
import type { World } from './world.ts'

type Handler = (world: World, call: Call, id: string, query: URLSearchParams) => Answer

interface Route {
  readonly path: RegExp
  readonly methods: Readonly<Record<string, Handler>>
  /** Below this path a JSON body is needed. */
  readonly takesBody?: true
}

export const base = '/v1'

const routes: readonly Route[] = [
  { path: /^\/models$/, methods: { GET: (world) => listModels(world) } },
  { path: /^\/models\/(.+)$/, methods: { GET: (world, _, id) => retrieveModel(world, id) } },
  { path: /^\/chat\/completions$/, methods: { POST: answerChat }, takesBody: true },
  { path: /^\/completions$/, methods: { POST: answerCompletion }, takesBody: true },
  { path: /^\/messages$/, methods: { POST: answerMessages }, takesBody: true },
  { path: /^\/embeddings$/, methods: { POST: answerEmbeddings }, takesBody: true },
  { path: /^\/responses$/, methods: { POST: answerResponses }, takesBody: true },
  { path: /^\/responses\/input_tokens$/, methods: { POST: countInput }, takesBody: true },
  {
    path: /^\/responses\/([^/]+)$/,
    methods: { GET: (world, _, id) => retrieveResponse(world, id), DELETE: (world, _, id) => deleteResponse(world, id) },
  },
  { path: /^\/responses\/([^/]+)\/input_items$/, methods: { GET: (world, _, id, query) => listInputItems(world, id, query) } },
  { path: /^\/responses\/([^/]+)\/cancel$/, methods: { POST: (world, _, id) => cancelResponse(world, id) } },
]

export const notFound = (call: Call, path: string): Refusal =>
  new Refusal(`Invalid URL (${call.method} ${path})`, { status: 404, about: 'path' })

const decoded = (call: Call, path: string, segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw notFound(call, path)
  }
}

const jsonType = /^application\/(?:[\w.-]+\+)?json$/i

const requireJsonLabel = (call: Call): void => {
  const label = call.headers['content-type']?.split(';')[0]?.trim()
  const coding = call.headers['content-encoding']
  if ((label === undefined || jsonType.test(label)) && (coding === undefined || coding === 'identity')) return
  throw new Refusal(`Unsupported content type: '${coding ?? label}'. Send application/json.`, {
    status: 415,
    code: 'unsupported_content_type',
    about: 'media-type',
  })
}

const parseBody = (bytes: Uint8Array): Json => {
  let parsed: unknown
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Refusal('The body of your request is not valid JSON.', { about: 'json' })
  }
  if (!isObject(parsed)) throw new Refusal('The body of your request must be a JSON object.', { about: 'body' })
  return parsed
}

/** RFC 9110, section 15.5.6: "The origin server MUST generate an Allow header field in a 405 response". */
const wrongMethod = (call: Call, allowed: readonly string[]): Refusal =>
  new Refusal(`Not allowed to ${call.method} here.`, {
    status: 405,
    code: 'method_not_supported',
    about: 'method',
    headers: { allow: allowed.join(', ') },
  })

const allowedBy = (route: Route): string[] => {
  const methods = Object.keys(route.methods)
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS']
}

/** Fetch standard, CORS preflight: sent without credentials, so it is answered before they are looked at. */
const preflight = (call: Call, route: Route): Answer => ({
  kind: 'preflight',
  status: 204,
  headers: {
    allow: allowedBy(route).join(', '),
    'access-control-allow-methods': allowedBy(route).join(', '),
    'access-control-allow-headers': call.headers['access-control-request-headers'] ?? 'authorization, content-type',
    'access-control-max-age': '600',
  },
  about: '',
  tokens: 0,
})

const requireKey = (call: Call): void => {
  if (call.key === 'right' || call.key === 'unneeded') return
  throw new Refusal(call.key === 'missing' ? 'You did not provide an API key.' : 'Incorrect API key provided.', {
    status: 401,
    code: call.key === 'missing' ? null : 'invalid_api_key',
    about: 'key',
    headers: { 'www-authenticate': 'Bearer realm="wirecheck"' },
  })
}

/** Finds who answers: key first, then path, method, label and body. */
export const route = (world: World, call: Call): Answer => {
  const [whole = '', query = ''] = call.target.split('?', 2)
  const azure = azurePlace(call)
  const path = whole.startsWith(`${base}/`) ? whole.slice(base.length) : azure?.path
  const found = path === undefined ? undefined : routes.find((candidate) => candidate.path.test(path))
  if (call.method === 'OPTIONS' && found) return preflight(call, found)
  requireKey(call)
  if (azure) requireDeployment(world, azure, new URLSearchParams(query))
  if (path === undefined || !found) throw notFound(call, whole)
  const handler = found.methods[call.method === 'HEAD' ? 'GET' : call.method]
  if (!handler) throw wrongMethod(call, allowedBy(found))
  if (found.takesBody) {
    requireJsonLabel(call)
    call.json = parseBody(call.body)
    call.sent = world.bends.length > 0 ? structuredClone(call.json) : call.json
    for (const bend of world.bends) {
      const bent = bend.request?.(call.json, call)
      if (bent) return bent
    }
    if (azure) prepareAzure(azure, call.json)
  }
  return handler(world, call, decoded(call, whole, found.path.exec(path)?.[1] ?? ''), new URLSearchParams(query))
}
