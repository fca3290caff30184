/** A tool call as the client hands it to its user. */
export interface HandedCall {
  readonly id: string
  readonly name: string
  /** Parsed, or the text that could not be parsed. */
  readonly input: unknown
  /** What the client says is wrong with the call: unknown tool, unreadable input. */
  readonly invalid?: string
}

/** An error as the client raised it; its texts are what retries and displays are decided by. */
export interface Caught {
  readonly name: string
  readonly message: string
  /** Ended the stream, rather than being one of its parts. */
  readonly thrown: boolean
  readonly status?: number
  readonly body?: string
  /** The client would send the request again. */
  readonly retryable?: boolean
  /** The value that was validated, of errors that carry it. */
  readonly value?: unknown
  /** What was raised, where it is no error but a value from the answer. */
  readonly raised?: unknown
}

/** Everything a client gave its user for one exchange. */
export interface Handed {
  readonly text: string
  readonly reasoning: string
  readonly calls: readonly HandedCall[]
  /** Ids of calls that were announced, finished or not. */
  readonly announced: readonly string[]
  readonly finish?: string
  readonly rawFinish?: string
  readonly errors: readonly Caught[]
  /** Something arrived that the client took for an answer, empty or not. */
  readonly answered: boolean
  /** A second way to use the same client failed where the first did not. */
  readonly helperError?: string
}

export interface DriveInput {
  readonly api: 'chat' | 'responses'
  readonly stream: boolean
  readonly model: string
  /** Functions of the recorded request, as name and JSON Schema. */
  readonly tools: readonly { readonly name: string; readonly schema: object }[]
  readonly fetch: (input: unknown) => Promise<globalThis.Response>
}

/** Runs a client's own code over one exchange. Never rejects. */
export type Drive = (input: DriveInput) => Promise<Handed>

/** The message of an error and of what caused it, cut: stack traces and chunks may be long. */
const textOf = (error: unknown): string => {
  if (error === null || error === undefined) return String(error)
  if (typeof error === 'string') return error
  const { message } = error as { message?: unknown }
  if (typeof message === 'string') return message
  try {
    return JSON.stringify(error) ?? String(error)
  } catch {
    return String(error)
  }
}

/** Reads what an error tells, whatever was thrown. */
export const caught = (error: unknown, thrown: boolean): Caught => {
  const known = (typeof error === 'object' && error !== null ? error : {}) as Readonly<Record<string, unknown>>
  return {
    name: typeof known.name === 'string' ? known.name : typeof error,
    message: textOf(error),
    thrown,
    ...(typeof known.statusCode === 'number' ? { status: known.statusCode } : {}),
    ...(typeof known.responseBody === 'string' ? { body: known.responseBody } : {}),
    ...(typeof known.isRetryable === 'boolean' ? { retryable: known.isRetryable } : {}),
    ...('value' in known ? { value: known.value } : {}),
    ...(error instanceof Error ? {} : { raised: error }),
  }
}
