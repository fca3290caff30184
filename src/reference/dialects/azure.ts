import { onAnswer, onEvents } from '../faults/stages.ts'
import { type Dialect, like } from './dialect.ts'

const filters = (): object[] => [{ blocked: false, source_type: 'prompt' }]

/** Which form the errors and the filter take is in `../azure.ts`: the reference endpoint speaks it at these addresses anyway. */
export const azure: Dialect = {
  name: 'azure',
  speaks:
    'deployments in the path or in model, a key in api-key, a filter that tells what it found, and a list of models that are no deployments',
  models: { 'my-deployment': 'plain', 'my-reasoning-deployment': 'thinking', 'my-embedding-deployment': 'embedding' },
  base: '/openai/v1',
  serves: ['chat', 'responses', 'completions', 'embeddings'],
  bends: [
    like('hidden-reasoning'),
    onAnswer(['models'], ({ body }) => {
      for (const entry of body.data) entry.id = `base-model-of-${entry.id}`
    }),
    onAnswer(['response'], ({ body }) => {
      body.content_filters = filters()
    }),
    onEvents(['response.completed', 'response.incomplete'], ({ response }) => {
      response.content_filters = filters()
    }),
    onEvents('response.function_call_arguments.done', (data) => {
      delete data.name
    }),
  ],
}
