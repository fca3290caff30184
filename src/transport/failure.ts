import type { End, TransportFailure } from '../types.ts'
import { redactText } from './redact.ts'

/** Why we stopped reading ourselves; becomes the end of the response. */
export class Stop extends Error {
  readonly end: End

  constructor(end: End, reason: string) {
    super(reason)
    this.name = 'Stop'
    this.end = end
  }
}

/** OpenSSL puts addresses and places in its sources into the message, and what happened into `reason`. */
const wordsOf = ({ message, reason }: Error & { readonly reason?: unknown }): string =>
  typeof reason === 'string' && reason !== '' ? reason : message

const codeOf = (error: Error): string => {
  const { code, cause } = error as NodeJS.ErrnoException & { cause?: NodeJS.ErrnoException }
  return code || cause?.code || error.name
}

/** The socket's error code; a parser has none and says in words what is no HTTP. */
export const reasonOf = (error: Error): string => (error.name === 'HTTPParserError' ? error.message : codeOf(error))

/** Why there was no response. A connection that was tried at several addresses failed for the reasons of each. */
export const toFailure = (error: Error | undefined, atMs: number, secrets: readonly string[]): TransportFailure => {
  if (error instanceof Stop)
    return { kind: 'failure', code: error.end === 'timeout' ? 'TIMEOUT' : 'INTERRUPTED', message: error.message, atMs }
  if (!error) return { kind: 'failure', code: 'NO_RESPONSE', message: 'the connection ended without a response', atMs }
  const causes = error instanceof AggregateError ? (error.errors as Error[]) : []
  const message = [wordsOf(error), ...causes.map(wordsOf)].find((words) => words !== '') ?? error.name
  return { kind: 'failure', code: codeOf(causes[0] ?? error), message: redactText(message, secrets), atMs }
}
