import type { Answer, Call, Fault, Json, Stages } from '../exchange.ts'
import { errorAnswer } from '../refusal.ts'
import { fault, onAnswer, onCall } from './stages.ts'

const atDeployment = ({ target }: Call): boolean => target.startsWith('/openai/deployments/')
const atV1 = ({ target }: Call): boolean => target.startsWith('/openai/v1/')
const unknownDeployment = (call: Call): boolean => atDeployment(call) && !call.models.some((model) => call.target.includes(`/${model}/`))

/** The endpoint shows by a header that it is one of Azure, at whatever address: then its addresses are asked too. */
const azureFault = (name: string, breaks: string, bends: string, stages: Stages): Fault =>
  fault(name, breaks, bends, stages, {
    answer: (answer, call) => {
      answer.headers['apim-request-id'] ??= 'apim-000000000000'
      stages.answer?.(answer, call)
    },
  })

/** A body at a deployment, before it is validated. */
const onBody = (bend: (body: Json, call: Call) => Answer | undefined): Stages => ({
  request: (body, call) => (atDeployment(call) ? (bend(body, call) ?? undefined) : undefined),
})

const onError = (code: string, bend: (error: Json, answer: Answer) => void): Stages =>
  onAnswer(['azure-error'], (answer) => {
    if (answer.body.error.code === code) bend(answer.body.error, answer)
  })

const goneFrom = (isThere: (call: Call) => boolean): Stages =>
  onCall((call) => (isThere(call) && call.key !== 'wrong' ? errorAnswer('Resource not found', { status: 404, about: 'path' }) : undefined))

const withoutApiKey = (status: number): Stages =>
  onCall((call) =>
    atDeployment(call) && call.headers['api-key'] !== undefined
      ? errorAnswer('Access denied due to invalid subscription key.', { status, about: 'key' })
      : undefined,
  )

/** A filter that is set so strictly that it blocks a harmless prompt. */
const blocks: Stages = onBody((body) =>
  body.stream === true
    ? errorAnswer("The response was filtered due to the prompt triggering Azure OpenAI's content management policy.", {
        code: 'content_filter',
        param: 'prompt',
      })
    : undefined,
)

const blocking = (bend: (error: Json, answer: Answer) => void): Stages => ({ ...blocks, ...onError('content_filter', bend) })

/** The chunk of the prompt filter, at another place or more than once. */
const onFilterChunk = (place: (chunk: Json, rest: Json[]) => Json[]): Stages => ({
  events: (events, call, kind) => {
    const [first, ...rest] = events
    return atDeployment(call) && kind === 'chat-stream' && first?.data.prompt_filter_results ? place(first, rest) : undefined
  },
})

/** Addresses, credentials and filter of Azure OpenAI. */
export const azureFaults: readonly Fault[] = [
  azureFault('azure-deployment-gone', 'azure.deployment-url', 'deployments have no path of their own', goneFrom(atDeployment)),
  azureFault(
    'azure-model-required',
    'azure.deployment-url',
    'the body needs the name of the model although the path has it',
    onBody((body) => (body.model === undefined ? errorAnswer("Missing required parameter: 'model'.", { param: 'model' }) : undefined)),
  ),
  azureFault('azure-v1-gone', 'azure.v1-url', 'there is no address without a version', goneFrom(atV1)),
  azureFault(
    'azure-v1-needs-version',
    'azure.v1-url',
    'the address without a version asks for one',
    onCall((call) =>
      atV1(call) && !call.target.includes('api-version=')
        ? errorAnswer('Missing required query parameter: api-version', { code: 'BadRequest', about: 'query' })
        : undefined,
    ),
  ),
  azureFault('azure-api-key-unread', 'azure.credentials', 'the header api-key is not read', withoutApiKey(401)),
  azureFault('azure-api-key-forbidden', 'azure.credentials', 'a key in the header api-key is forbidden', withoutApiKey(403)),
  azureFault(
    'azure-deployment-served',
    'azure.deployment-not-found',
    'a deployment that does not exist is served',
    onCall((call) => {
      if (unknownDeployment(call)) call.target = call.target.replace(/(deployments\/)[^/]+/, `$1${call.models[0]}`)
    }),
  ),
  azureFault(
    'azure-deployment-400',
    'azure.deployment-not-found',
    'a deployment that does not exist is answered 400',
    onError('DeploymentNotFound', (_, answer) => {
      answer.status = 400
    }),
  ),
  azureFault(
    'azure-deployment-other-code',
    'azure.deployment-not-found',
    'the error about an unknown deployment has the code of OpenAI',
    onError('DeploymentNotFound', (error) => {
      error.code = 'model_not_found'
    }),
  ),
  azureFault(
    'azure-deployment-bare-code',
    'azure.deployment-not-found',
    'the error about an unknown deployment has the status as its code',
    onError('DeploymentNotFound', (error) => {
      error.code = '404'
    }),
  ),
  azureFault(
    'azure-filter-late',
    'azure.filter-chunk',
    'the chunk of the prompt filter comes second',
    onFilterChunk((chunk, [next, ...rest]) => [next as Json, chunk, ...rest]),
  ),
  azureFault(
    'azure-filter-twice',
    'azure.filter-chunk',
    'the chunk of the prompt filter comes twice',
    onFilterChunk((chunk, rest) => [chunk, chunk, ...rest]),
  ),
  azureFault(
    'azure-filter-form',
    'azure.filter-chunk',
    'the results of the prompt filter are no list',
    onFilterChunk((chunk, rest) => [{ data: { ...chunk.data, prompt_filter_results: chunk.data.prompt_filter_results[0] } }, ...rest]),
  ),
  azureFault(
    'azure-block-other-code',
    'azure.filter-block',
    'a blocked prompt has no code of its own',
    blocking((error) => {
      error.code = null
    }),
  ),
  azureFault(
    'azure-block-no-inner-code',
    'azure.filter-block',
    'a blocked prompt has no inner code',
    blocking((error) => {
      delete error.innererror
    }),
  ),
  azureFault(
    'azure-block-422',
    'azure.filter-block',
    'a blocked prompt is answered 422',
    blocking((_, answer) => {
      answer.status = 422
    }),
  ),
  azureFault('azure-block-finish', 'azure.filter-block', 'output that was blocked finishes with stop', {
    events: (events, call, kind) => {
      if (!atDeployment(call) || kind !== 'chat-stream') return undefined
      for (const { data } of events) {
        for (const entry of data.choices ?? []) {
          if (entry.finish_reason === null) continue
          entry.finish_reason = 'stop'
          entry.content_filter_results = { violence: { filtered: true, severity: 'high' } }
        }
      }
      return undefined
    },
  }),
]
