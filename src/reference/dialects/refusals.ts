import type { Answer, Call, Json, Stages } from '../exchange.ts'
import { onAnswer } from '../faults/stages.ts'

export type Situation = 'key' | 'path' | 'method' | 'model' | 'overflow' | 'parameter' | 'body' | 'other'

/** How a vendor says something that the reference endpoint says in the form of OpenAI. */
export interface Form {
  readonly status?: number
  /** Members of the error object to replace; undefined leaves one out. */
  readonly error?: Json
  /** The whole body, made of the error object; a string is sent as plain text. */
  readonly body?: (error: Json, answer: Answer, call: Call) => Json
}

const situationOf = ({ about, body }: Answer, { method }: Call): Situation => {
  if (about === 'key' || about === 'path' || about === 'method') return about
  // what a request for the entry of a model is told is another matter
  if (body.error.code === 'model_not_found') return method === 'POST' ? 'model' : 'other'
  if (body.error.code === 'context_length_exceeded') return 'overflow'
  if (about === 'json' || about === 'body') return 'body'
  return /^(media-type|server|response|chat-model|upstream)$/.test(about) ? 'other' : 'parameter'
}

/** Refusals in the vendor's form; `rest` is for all situations that are not named. */
export const refusals = (forms: Readonly<Partial<Record<Situation | 'rest', Form>>>): Stages =>
  onAnswer(['error'], (answer, call) => {
    const form = forms[situationOf(answer, call)] ?? forms.rest
    if (!form) return
    const error = { ...answer.body.error, ...form.error }
    answer.status = form.status ?? answer.status
    answer.body = form.body ? form.body(error, answer, call) : { error }
    if (typeof answer.body === 'string') answer.headers['content-type'] = 'text/plain; charset=utf-8'
  })
