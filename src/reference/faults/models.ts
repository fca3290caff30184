import type { Fault } from '../exchange.ts'
import { crashesOn, fault, onAnswer, onCall, onChatRequest, onErrorAbout, onModel, onModels, statusOf } from './stages.ts'

/** The model list, and what happens to unknown names. */
export const modelFaults: readonly Fault[] = [
  fault(
    'models-not-list',
    'models.list',
    'the model list is a bare array',
    onAnswer(['models'], (answer) => {
      answer.body = answer.body.data
    }),
  ),
  fault(
    'models-object-missing',
    'models.list',
    'the model list does not say that it is one',
    onModels((body) => {
      delete body.object
    }),
  ),
  fault(
    'models-object-wrong',
    'models.list',
    'the model list calls itself something else',
    onModels((body) => {
      body.object = 'models'
    }),
  ),
  fault(
    'models-data-missing',
    'models.list',
    'the models are under another member',
    onModels((body) => {
      body.models = body.data
      delete body.data
    }),
  ),
  fault(
    'models-data-null',
    'models.list',
    'the list of models is null',
    onModels((body) => {
      body.data = null
    }),
  ),
  fault(
    'models-data-map',
    'models.list',
    'the models are an object by name',
    onModels((body) => {
      body.data = Object.fromEntries(body.data.map((entry: { id: string }) => [entry.id, entry]))
    }),
  ),
  fault(
    'models-404',
    'models.list',
    'there is no model list',
    onCall((call) => {
      if (call.target === '/v1/models') call.target = '/v1/no-models'
    }),
  ),
  fault(
    'models-entry-without-id',
    'models.entry.id',
    'a listed model has no id',
    onModels((body) => {
      body.data.push({ object: 'model', created: 1_735_689_600, owned_by: 'wirecheck' })
    }),
  ),
  fault(
    'models-entry-id-number',
    'models.entry.id',
    'a listed model has a number for an id',
    onModels((body) => {
      body.data.push({ ...body.data[0], id: 7 })
    }),
  ),
  fault(
    'models-entry-id-empty',
    'models.entry.id',
    'a listed model has an empty id',
    onModels((body) => {
      body.data.push({ ...body.data[0], id: '' })
    }),
  ),
  fault(
    'models-entry-strings',
    'models.entry.id',
    'the list holds names instead of objects',
    onModels((body) => {
      body.data = body.data.map((entry: { id: string }) => entry.id)
    }),
  ),
  fault(
    'models-entry-object',
    'models.entry.fields',
    'listed models do not say what they are',
    onModels((body) => {
      for (const entry of body.data) delete entry.object
    }),
  ),
  fault(
    'models-created-ms',
    'models.entry.fields',
    'listed models count their age in milliseconds',
    onModels((body) => {
      for (const entry of body.data) entry.created *= 1000
    }),
  ),
  fault(
    'models-created-string',
    'models.entry.fields',
    'listed models have a date in words',
    onModels((body) => {
      for (const entry of body.data) entry.created = '2025-01-01T00:00:00Z'
    }),
  ),
  fault(
    'models-created-missing',
    'models.entry.fields',
    'listed models have no creation time',
    onModels((body) => {
      for (const entry of body.data) delete entry.created
    }),
  ),
  fault(
    'models-owner-missing',
    'models.entry.fields',
    'listed models have no owner',
    onModels((body) => {
      for (const entry of body.data) delete entry.owned_by
    }),
  ),
  fault(
    'models-owner-null',
    'models.entry.fields',
    'the owner of listed models is null',
    onModels((body) => {
      for (const entry of body.data) entry.owned_by = null
    }),
  ),
  fault(
    'models-duplicate',
    'models.id-usable',
    'a model is listed twice',
    onModels((body) => {
      body.data.push(body.data[0])
    }),
  ),
  fault(
    'models-unlisted',
    'models.id-usable',
    'the model that answers is not in the list',
    onModels((body) => {
      for (const entry of body.data) entry.id = `models/${entry.id}`
    }),
  ),
  fault(
    'models-empty',
    'models.id-usable',
    'the model list is empty',
    onModels((body) => {
      body.data = []
    }),
  ),
  fault(
    'retrieve-404',
    'models.retrieve',
    'a listed model cannot be retrieved',
    onCall((call) => {
      if (call.target.startsWith('/v1/models/')) call.target = '/v1/models/no-such-model'
    }),
  ),
  fault(
    'retrieve-encoded-404',
    'models.retrieve',
    'percent-encoded model ids are not decoded',
    onCall((call) => {
      if (call.target.startsWith('/v1/models/')) call.target = call.target.replaceAll('%', '%25')
    }),
  ),
  fault(
    'retrieve-list',
    'models.retrieve',
    'retrieving one model gives a list',
    onAnswer(['model'], (answer) => {
      answer.body = { object: 'list', data: [answer.body] }
    }),
  ),
  fault(
    'retrieve-other-id',
    'models.retrieve',
    'retrieving one model gives another',
    onModel((body) => {
      body.id = `${body.id}-v2`
    }),
  ),
  fault(
    'retrieve-object-wrong',
    'models.retrieve',
    'a retrieved model calls itself something else',
    onModel((body) => {
      body.object = 'engine'
    }),
  ),
  fault(
    'retrieve-unknown-200',
    'models.retrieve',
    'an unknown model is retrieved like any other',
    onCall((call) => {
      if (/^\/v1\/models\/no-such/.test(call.target)) call.target = `/v1/models/${call.models[0]}`
    }),
  ),
  fault(
    'retrieve-unknown-400',
    'models.retrieve',
    'retrieving an unknown model is answered 400',
    onErrorAbout('model', (answer, _, call) => {
      if (call.method === 'GET') answer.status = 400
    }),
  ),
  fault(
    'retrieve-unknown-html',
    'models.retrieve',
    'retrieving an unknown model is answered with a page',
    onErrorAbout('model', (answer, _, call) => {
      if (call.method !== 'GET') return
      answer.body = '<html><body>Not Found</body></html>'
      answer.headers['content-type'] = 'text/html'
    }),
  ),
  fault(
    'unknown-model-200',
    'errors.model-not-found',
    'an unknown model is served by another',
    onChatRequest((body, call) => {
      if (typeof body.model === 'string' && !call.models.includes(body.model)) body.model = call.models[0]
    }),
  ),
  fault('unknown-model-400', 'errors.model-not-found', 'an unknown model is answered 400', statusOf('model', 400)),
  fault('unknown-model-422', 'errors.model-not-found', 'an unknown model is answered 422', statusOf('model', 422)),
  fault('unknown-model-500', 'errors.model-not-found', 'an unknown model ends in a server error', crashesOn('model')),
  fault(
    'unknown-model-code',
    'errors.model-not-found-code',
    'the error about an unknown model has no code',
    onErrorAbout('model', (_, error) => {
      error.code = null
    }),
  ),
  fault(
    'unknown-model-other-code',
    'errors.model-not-found-code',
    'the error about an unknown model has another code',
    onErrorAbout('model', (_, error) => {
      error.code = 'invalid_model'
    }),
  ),
]
