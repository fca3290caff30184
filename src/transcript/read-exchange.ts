import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Exchange, Reads, Response } from '../types.ts'
import { attempted, TranscriptError } from './transcript-error.ts'
import { bodiesOf, type HeldBody } from './write.ts'

interface RawBody {
  readonly body?: string
  readonly bodyBase64?: string
  readonly bodyFile?: string
}

export interface RawRecord {
  readonly kind: string
  readonly probe: string
  readonly attempt: number
  readonly step: number
  readonly copy?: number
  readonly try: number
  readonly auth: Exchange['auth']
  readonly request: Omit<Exchange['request'], 'body'> & RawBody
  readonly response?: Omit<Response, 'kind' | 'body' | 'reads'> & RawBody & { readonly reads: readonly number[] }
  readonly failure?: { readonly code: string; readonly message: string; readonly atMs: number }
}

/** Where a transcript is, and whether its large bodies are checked against their names. */
interface Origin {
  readonly file: string
  readonly verify: boolean
  readonly held: HeldBody | undefined
}

/** An exchange as it was recorded; bodies and reads are made when they are asked for. */
export const decodeExchange = (
  { probe, attempt, step, copy, try: count, auth, request, response, failure }: RawRecord,
  from: Origin,
): Exchange => ({
  probe,
  attempt,
  step,
  ...(copy === undefined ? {} : { copy }),
  try: count,
  auth,
  request: withBody(request, from),
  outcome: response
    ? lazily(withBody({ ...response, kind: 'response' as const }, from), 'reads', () => decodeReads(response.reads))
    : { kind: 'failure', code: 'UNKNOWN', message: '', atMs: 0, ...failure },
})

/** Tenths of a millisecond since the read before, and bytes, in turn. */
const decodeReads = (flat: readonly number[]): Reads => {
  const atMs: number[] = []
  const ends: number[] = []
  let tenths = 0
  let end = 0
  for (let index = 0; index + 1 < flat.length; index += 2) {
    tenths += flat[index] as number
    end += flat[index + 1] as number
    atMs.push(tenths / 10)
    ends.push(end)
  }
  return { atMs, ends }
}

/** The body is read when it is looked at: a pass over a transcript must not load what it does not need. */
const withBody = <Rest extends object>({ body, bodyBase64, bodyFile, ...rest }: Rest & RawBody, from: Origin) =>
  lazily(rest as Omit<Rest, keyof RawBody>, 'body', (): Uint8Array => {
    if (bodyFile !== undefined) return readBody(from, bodyFile)
    return body === undefined ? Buffer.from(bodyBase64 ?? '', 'base64') : Buffer.from(body, 'utf8')
  })

/** Adds a member that is computed once, when it is first asked for. */
const lazily = <Rest extends object, Name extends string, Value>(rest: Rest, name: Name, compute: () => Value) => {
  let known: { readonly value: Value } | undefined
  return Object.defineProperty(rest, name, {
    enumerable: true,
    get: () => {
      known ??= { value: compute() }
      return known.value
    },
  }) as Rest & { readonly [Own in Name]: Value }
}

const readBody = ({ file, verify, held }: Origin, name: string): Uint8Array => {
  if (held?.name === name) return held.body
  // a name from a file that somebody sent must not lead elsewhere
  if (!/^[0-9a-f]{64}$/.test(name)) throw new TranscriptError('MissingBody', `${file} names a body that is no digest`)
  const path = join(bodiesOf(file), name)
  const bytes = attempted(() => readFileSync(path))
  if (!bytes) throw new TranscriptError('MissingBody', `${file} needs ${path}`)
  if (verify && createHash('sha256').update(bytes).digest('hex') !== name)
    throw new TranscriptError('MissingBody', `${file} needs ${path}, which was changed`)
  return bytes
}
