import type { Bend, Call, Stages } from '../exchange.ts'
import { errorAnswer } from '../refusal.ts'
import { variant } from './variant.ts'

const isAzure = ({ target }: Call): boolean => target.startsWith('/openai/')

/** The headers by which an endpoint of Azure is known. */
const known: Stages = {
  answer: ({ headers }) => {
    headers['apim-request-id'] ??= 'apim-000000000000'
    headers['x-ms-region'] ??= 'Nowhere'
  },
}

/** Endpoints that are of Azure, or stand behind its gateway. */
export const azureVariants: readonly Bend[] = [
  variant('azure-addresses', 'the addresses of Azure OpenAI are served too', known),
  variant('azure-headers-only', 'a gateway of Azure stands in front, without the addresses of Azure OpenAI', known, {
    call: (call) => (isAzure(call) ? errorAnswer('Resource not found', { status: 404, about: 'path' }) : undefined),
  }),
  variant('azure-bearer-refused', 'a key that is no token is refused in Authorization', known, {
    call: (call) =>
      isAzure(call) && call.target.includes('/deployments/') && call.headers['api-key'] === undefined
        ? errorAnswer('Access denied due to invalid subscription key or wrong API endpoint.', { status: 401, about: 'key' })
        : undefined,
  }),
  variant('azure-no-filter', 'nothing is filtered, and nothing told of it', known, {
    events: (events, call, kind) =>
      isAzure(call) && kind === 'chat-stream' ? events.filter(({ data }) => data.prompt_filter_results === undefined) : undefined,
  }),
  variant('azure-blocks', 'the filter blocks a prompt, and says so', known, {
    request: (body, call) =>
      isAzure(call) && body.stream === true
        ? errorAnswer("The response was filtered due to the prompt triggering Azure OpenAI's content management policy.", {
            code: 'content_filter',
            param: 'prompt',
          })
        : undefined,
  }),
  variant('azure-output-blocked', 'the filter cuts the output, and the choice says so', known, {
    events: (events, call, kind) => {
      if (!isAzure(call) || kind !== 'chat-stream') return undefined
      const end = events.findIndex(({ data }) => data.choices?.[0]?.finish_reason)
      const last = events[end]?.data.choices[0]
      if (!last) return undefined
      last.finish_reason = 'content_filter'
      last.content_filter_results = { violence: { filtered: true, severity: 'high' } }
      return [...events.slice(0, 6), ...events.slice(end)]
    },
  }),
]
