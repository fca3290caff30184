import type { Fault, Json } from '../exchange.ts'
import { fault, onAnswer, onCall, onErrorAbout, onResponse, onResponsesRequest, refusesResponses, statusOf } from './stages.ts'

/** What the Responses endpoint remembers, and what comes on request. */
export const responsesStateFaults: readonly Fault[] = [
  fault(
    'previous-id-forgotten',
    'responses.state.previous',
    'a previous response is taken, but not its turns',
    onResponsesRequest((body) => {
      if (/^resp_\d{12}$/.test(body.previous_response_id) && body.input !== undefined) delete body.previous_response_id
    }),
  ),
  fault(
    'previous-id-ignored',
    'responses.state.honest',
    'an unknown previous response is ignored',
    onResponsesRequest((body) => {
      if (typeof body.previous_response_id === 'string' && !/^resp_\d{12}$/.test(body.previous_response_id))
        delete body.previous_response_id
    }),
  ),
  fault(
    'previous-id-500',
    'responses.state.honest',
    'an unknown previous response ends in a server error',
    statusOf('previous_response_id', 500),
  ),
  fault(
    'previous-id-error-in-200',
    'responses.state.honest',
    'the error about an unknown previous response comes with 200',
    statusOf('previous_response_id', 200),
  ),
  fault(
    'stored-404',
    'responses.state.store',
    'stored responses cannot be fetched',
    onCall((call) => {
      if (call.method === 'GET') call.target = call.target.replace(/^\/v1\/responses\/resp_\w+$/, '/v1/responses/gone')
    }),
  ),
  fault(
    'stored-output-differs',
    'responses.state.store',
    'stored responses come back without output',
    onAnswer(['stored-response'], (answer) => {
      answer.body = { ...answer.body, output: [] }
    }),
  ),
  fault(
    'stored-id-differs',
    'responses.state.store',
    'stored responses come back under another id',
    onAnswer(['stored-response'], (answer) => {
      answer.body = { ...answer.body, id: `${answer.body.id}_copy` }
    }),
  ),
  fault(
    'store-false-ignored',
    'responses.state.store',
    'responses are stored although they should not be',
    onResponsesRequest((body) => {
      if (body.store === false) delete body.store
    }),
  ),
  fault(
    'delete-500',
    'responses.lifecycle.delete',
    'deleting a response ends in a server error',
    onAnswer(['deleted-response'], (answer) => {
      answer.status = 500
      answer.body = { error: { message: 'Internal server error', type: 'server_error', param: null, code: null } }
    }),
  ),
  fault(
    'delete-keeps',
    'responses.lifecycle.delete',
    'deleted responses can still be fetched',
    onCall((call) => {
      if (call.method === 'DELETE') call.method = 'GET'
    }),
  ),
  fault(
    'delete-unknown-200',
    'responses.lifecycle.delete',
    'deleting an unknown response is answered 200',
    onErrorAbout('response', (answer, _, call) => {
      if (call.method !== 'DELETE') return
      answer.status = 200
      answer.body = { object: 'response', deleted: true }
    }),
  ),
  fault(
    'input-items-array',
    'responses.lifecycle.input-items',
    'input items are a bare array',
    onAnswer(['input-items'], (answer) => {
      answer.body = answer.body.data
    }),
  ),
  fault(
    'input-items-without-id',
    'responses.lifecycle.input-items',
    'input items have no id',
    onAnswer(['input-items'], (answer) => {
      answer.body.data = answer.body.data.map(({ id, ...item }: Json) => item)
    }),
  ),
  fault(
    'input-items-empty',
    'responses.lifecycle.input-items',
    'the list of input items is empty',
    onAnswer(['input-items'], (answer) => {
      answer.body.data = []
    }),
  ),
  fault(
    'input-items-first-id',
    'responses.lifecycle.input-items',
    'first_id is not the id of the first item',
    onAnswer(['input-items'], (answer) => {
      answer.body.first_id = 'msg_0'
    }),
  ),
  fault(
    'cancel-finished-200',
    'responses.lifecycle.cancel',
    'cancelling a synchronous response is answered 200',
    onErrorAbout('cancel', (answer) => {
      answer.status = 200
      answer.body = { object: 'response', status: 'cancelled' }
    }),
  ),
  fault('cancel-500', 'responses.lifecycle.cancel', 'cancelling a synchronous response ends in a server error', statusOf('cancel', 500)),
  fault(
    'background-blocks',
    'responses.background',
    'background responses come finished',
    onResponsesRequest((body) => {
      if (body.background === true) delete body.background
    }),
  ),
  fault(
    'include-unknown-200',
    'responses.include',
    'unknown include values are ignored',
    onResponsesRequest((body) => {
      if (Array.isArray(body.include)) body.include = body.include.filter((name: Json) => /\./.test(String(name)))
    }),
  ),
  fault(
    'include-refused',
    'responses.include',
    'include is refused',
    refusesResponses((body) => Array.isArray(body.include) && body.include.some((name: Json) => /\./.test(String(name))), 'include'),
  ),
  fault(
    'include-logprobs-ignored',
    'responses.include',
    'log probabilities do not come although they were included',
    onResponse((response) => {
      for (const item of response.output) for (const part of item.type === 'message' ? item.content : []) part.logprobs = []
    }),
  ),
  fault(
    'input-tokens-shape',
    'responses.auxiliary',
    'counting the input gives a bare number',
    onAnswer(['input-tokens'], (answer) => {
      answer.body = answer.body.input_tokens
    }),
  ),
]
