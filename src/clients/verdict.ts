import type { Headers } from '../types.ts'
import type { ContentSymptom } from './compare.ts'
import type { Caught, Handed } from './handed.ts'
import { asObject, asText, failureOf } from './loose.ts'
import type { Wire } from './wire.ts'

/** Everything that a client's rules may look at. */
export interface Case {
  readonly api: 'chat' | 'responses'
  readonly stream: boolean
  /** Of the answer; 0 when there was none. */
  readonly status: number
  readonly headers: Headers
  readonly body: string
  readonly handed: Handed
  readonly wire: Wire
  /** The worst that the content suffered. */
  readonly content: ContentSymptom
}

export interface Verdict {
  readonly symptom: string
  readonly error?: string
}

export const isSuccess = ({ status }: Case): boolean => status >= 200 && status <= 299

const messageOf = (failure: unknown): string => (typeof failure === 'string' ? failure : asText(asObject(failure)?.message))

/** The report of a failure inside the answer that an error passes on; undefined where the error is the client's own. */
export const reported = (error: Caught, { failures }: Wire): unknown => {
  if (failures.length === 0) return undefined
  if (error.name === 'AI_TypeValidationError') return failureOf(error.value)
  return failures.find((failure) => {
    const message = messageOf(failure)
    return message === '' ? error.message.includes(JSON.stringify(failure)) : error.message.includes(message)
  })
}

/** The message of a refusal's body, in OpenAI's form. */
export const bodyMessage = (body: string): string => {
  try {
    return asText(asObject(asObject(JSON.parse(body))?.error)?.message)
  } catch {
    return ''
  }
}
