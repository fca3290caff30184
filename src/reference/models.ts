import type { Answer, Json } from './exchange.ts'
import { Refusal } from './refusal.ts'
import type { World } from './world.ts'

/** Longer prompts are refused; the model list says so too. */
export const contextLength = 131_072

/** Models that make vectors and no words. */
export const embeds = (model: string): boolean => model.includes('embedding')

export const requireServed = (world: World, model: string): void => {
  if (world.models.includes(model)) return
  throw new Refusal(`The model '${model}' does not exist or you do not have access to it.`, {
    status: 404,
    code: 'model_not_found',
    about: 'model',
  })
}

/** The model of a request for words. */
export const requireModel = (world: World, model: string): void => {
  requireServed(world, model)
  if (!embeds(model)) return
  throw new Refusal(`The model '${model}' makes embeddings only.`, { code: 'unsupported_model', about: 'chat-model' })
}

export const requireRoom = (tokens: number, param: string): void => {
  if (tokens <= contextLength) return
  throw new Refusal(`The context of this model is ${contextLength} tokens, but the prompt has ${tokens}.`, {
    code: 'context_length_exceeded',
    param,
  })
}

const released = 1_735_689_600

const entry = (id: string): Json => ({ id, object: 'model', created: released, owned_by: 'wirecheck', context_length: contextLength })

/** GET /models. */
export const listModels = (world: World): Answer => ({
  kind: 'models',
  status: 200,
  headers: {},
  body: { object: 'list', data: world.models.map(entry) },
  about: '',
  tokens: 0,
})

/** GET /models/{id}. */
export const retrieveModel = (world: World, id: string): Answer => {
  if (!world.models.includes(id)) {
    throw new Refusal(`The model '${id}' does not exist.`, { status: 404, code: 'model_not_found', param: 'model', about: 'model' })
  }
  return { kind: 'model', status: 200, headers: {}, body: entry(id), about: '', tokens: 0 }
}
