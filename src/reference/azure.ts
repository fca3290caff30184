import type { Answer, Call, Json, StreamEvent } from './exchange.ts'
import { Refusal } from './refusal.ts'
import { nextId, type World } from './world.ts'

/** An address of Azure OpenAI, taken apart. */
interface AzurePlace {
  /** What is asked for, as it stands behind `/v1` elsewhere. */
  readonly path: string
  /** Absent at `/openai/v1`. */
  readonly deployment?: string
}

const places = /^\/openai\/(?:v1|deployments\/([^/]+))(\/.*)$/

export const azurePlace = ({ target }: Pick<Call, 'target'>): AzurePlace | undefined => {
  const [, deployment, path] = places.exec(target.split('?', 1)[0] ?? '') ?? []
  // Messages are no part of Azure OpenAI
  if (path === undefined || path.startsWith('/messages')) return undefined
  return deployment === undefined ? { path } : { path, deployment }
}

const isAzureCall = (call: Pick<Call, 'target'>): boolean => call.target.startsWith('/openai/')

/** A deployment needs a version, and is the model whatever the body says. */
export const requireDeployment = (world: World, { deployment }: AzurePlace, query: URLSearchParams): void => {
  if (deployment === undefined) return
  if (!query.get('api-version')) throw new Refusal('Resource not found', { status: 404, about: 'path' })
  if (world.models.includes(deployment)) return
  throw new Refusal('The API deployment for this resource does not exist.', { status: 404, code: 'model_not_found', about: 'model' })
}

/** Words that the content filter of this endpoint blocks, so that a tester has a prompt to supply. */
const blocked = /\btrip the content filter\b/i

export const prepareAzure = ({ deployment }: AzurePlace, body: Json): void => {
  if (deployment !== undefined) body.model = deployment
  if (blocked.test(JSON.stringify(body.messages ?? body.input ?? '')))
    throw new Refusal("The response was filtered due to the prompt triggering Azure OpenAI's content management policy.", {
      code: 'content_filter',
      param: 'prompt',
    })
}

const harmless = (): Json =>
  Object.fromEntries(['hate', 'self_harm', 'sexual', 'violence'].map((name) => [name, { filtered: false, severity: 'safe' }]))

const promptResults = (): Json => [{ prompt_index: 0, content_filter_results: harmless() }]

/** The forms of the gateway and of the filter; the model's own refusals are those of OpenAI. */
const azureError = ({ status, about, body }: Answer): Json => {
  const { error } = body
  if (about === 'key') return { code: '401', message: 'Access denied due to invalid subscription key or wrong API endpoint.' }
  if (about === 'path') return { code: '404', message: 'Resource not found' }
  if (error.code === 'model_not_found') return { code: 'DeploymentNotFound', message: error.message }
  if (error.code !== 'content_filter') return error
  const innererror = {
    code: 'ResponsibleAIPolicyViolation',
    content_filter_result: { ...harmless(), violence: { filtered: true, severity: 'medium' } },
  }
  return { ...error, type: null, status, innererror }
}

/** Before the answer a chunk that names nothing tells what the filter found in the prompt. */
const filterChunk = (): StreamEvent => ({
  data: { choices: [], created: 0, id: '', model: '', object: '', prompt_filter_results: promptResults() },
})

/** What Azure puts on its answers. https://learn.microsoft.com/en-us/azure/ai-services/openai/concepts/content-filter */
export const asAzure = (world: World, call: Call, answer: Answer): Answer => {
  if (!isAzureCall(call)) return answer
  const headers = { 'apim-request-id': nextId(world, 'apim-'), 'x-ms-region': 'Nowhere', ...answer.headers }
  const { kind, body, events } = answer
  if (kind === 'error') return { ...answer, kind: 'azure-error', headers, body: { error: azureError(answer) } }
  if (kind === 'chat') {
    body.prompt_filter_results = promptResults()
    for (const choice of body.choices) choice.content_filter_results = harmless()
  }
  if (kind !== 'chat-stream' || !events) return { ...answer, headers }
  for (const { data } of events)
    for (const choice of data.choices ?? []) choice.content_filter_results = choice.delta?.content ? harmless() : {}
  return { ...answer, headers, events: [filterChunk(), ...events] }
}

/** The header by which Azure takes a key, where it came in that. */
export const azureKey = (call: Pick<Call, 'target' | 'headers'>): string | undefined =>
  isAzureCall(call) ? call.headers['api-key'] : undefined
