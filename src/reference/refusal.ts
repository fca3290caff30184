import type { Answer } from './exchange.ts'

interface Details {
  readonly status?: number
  readonly code?: string | null
  readonly param?: string | null
  readonly type?: string
  readonly about?: string
  readonly headers?: Record<string, string>
}

/** A request that cannot be served; thrown anywhere, answered in one place. */
export class Refusal extends Error {
  readonly details: Details

  constructor(message: string, details: Details = {}) {
    super(message)
    this.details = details
  }
}

/** The error envelope, as data. */
export const errorAnswer = (message: string, details: Details = {}): Answer => {
  const { status = 400, code = null, param = null, type = 'invalid_request_error' } = details
  return {
    kind: 'error',
    status,
    headers: { ...details.headers },
    body: { error: { message, type, param, code } },
    about: details.about ?? param ?? 'body',
    tokens: 0,
  }
}

/** Refuses a value: its member is known, the value is not allowed. */
export const invalid = (param: string, message: string, code = 'invalid_value'): Refusal => new Refusal(message, { param, code })

export const missing = (param: string): Refusal =>
  new Refusal(`Missing required parameter: '${param}'.`, { param, code: 'missing_required_parameter' })

export const unsupported = (param: string, message = `'${param}' is not supported by this endpoint.`): Refusal =>
  new Refusal(message, { param, code: 'unsupported_parameter' })
