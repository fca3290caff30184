import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Exchange, Read, Response, TraitsRecord, Transcript, TranscriptFooter, TranscriptHeader } from '../types.ts'
import { bodiesOf } from './write.ts'

/** Why a transcript cannot be read; `reason` is stable, the message is for people. */
export class TranscriptError extends Error {
  readonly reason: 'NotATranscript' | 'UnknownFormat' | 'BrokenLine' | 'MissingFooter' | 'MissingBody'

  constructor(reason: TranscriptError['reason'], message: string) {
    super(message)
    this.name = 'TranscriptError'
    this.reason = reason
  }
}

interface Line {
  readonly from: number
  readonly to: number
  readonly number: number
  /** The line has its end; without one it was cut while it was written. */
  readonly whole: boolean
}

/** Up to this size the parsed lines are kept: a judge goes through them more than once. */
const keptBytes = 32 * 1024 * 1024

/**
 * Reads a transcript; exchanges are parsed when they are asked for, in plan order, whatever order they ended in.
 * @param verify check large bodies against their digest; not needed for what this process wrote itself
 * @param partial accept a transcript of an interrupted run: no footer, perhaps a torn last line
 * @throws TranscriptError
 */
export const readTranscript = (file: string, { partial = false, verify = true } = {}): Transcript => {
  const buffer = readFileSync(file)
  const broken = ({ number }: Line, what: string) =>
    new TranscriptError('BrokenLine', `${file}:${number}:1  ${what}; the file was cut or changed`)
  const parse = (line: Line): RawRecord => {
    try {
      return JSON.parse(buffer.toString('utf8', line.from, line.to)) as RawRecord
    } catch {
      throw broken(line, 'is not a JSON record')
    }
  }
  const lines = linesOf(buffer)
  if (!lines[0]) throw new TranscriptError('NotATranscript', `${file}  is empty`)
  const header = headerOf(lines[0], parse, file)

  let traits: TraitsRecord = { kind: 'traits', traits: [] }
  let footer: TranscriptFooter | undefined
  const exchanges: { line: Line; order: readonly number[]; record: RawRecord | undefined }[] = []
  const small = buffer.length <= keptBytes
  const planned = new Map(header.plan.map((id, position) => [id, position]))
  for (const line of lines.slice(1)) {
    // a line without its end was being written when the run was killed: that is told by the missing footer
    const record = line.whole ? parse(line) : attempted(() => parse(line))
    if (record?.kind === 'traits') traits = record as unknown as TraitsRecord
    if (record?.kind === 'footer') footer = record as unknown as TranscriptFooter
    if (record?.kind !== 'exchange') continue
    if (!isExchange(record)) throw broken(line, 'is no exchange')
    const order = [planned.get(record.probe) ?? planned.size, record.attempt, record.step, record.try]
    exchanges.push({ line, order, record: small ? record : undefined })
  }
  if (!footer && !partial) {
    throw new TranscriptError('MissingFooter', `${file}  has no footer: the run was interrupted. Judge what there is with --partial.`)
  }
  exchanges.sort((one, other) => compare(one.order, other.order))
  return {
    header,
    traits,
    ...(footer ? { footer } : {}),
    *exchanges() {
      for (const { line, record } of exchanges) yield decodeExchange(record ?? parse(line), { file, verify })
    },
  }
}

const headerOf = (line: Line, parse: (line: Line) => RawRecord, file: string): TranscriptHeader => {
  const record = attempted(() => parse(line)) as
    | { kind?: unknown; format?: unknown; plan?: unknown; target?: unknown; suites?: unknown }
    | null
    | undefined
  if (record?.kind !== 'header') throw new TranscriptError('NotATranscript', `${file}  is no transcript: its first line is no header`)
  if (record.format !== 1)
    throw new TranscriptError('UnknownFormat', `${file}  has format ${String(record.format)}; this version reads format 1`)
  if (!Array.isArray(record.plan) || !record.target || !record.suites) {
    throw new TranscriptError('NotATranscript', `${file}  is no transcript: its header lacks the target, the suites or the plan`)
  }
  return record as unknown as TranscriptHeader
}

const attempted = <Value>(read: () => Value): Value | undefined => {
  try {
    return read()
  } catch {
    return undefined
  }
}

const linesOf = (buffer: Buffer): readonly Line[] => {
  const lines: Line[] = []
  let number = 0
  for (let from = 0; from < buffer.length; ) {
    const newline = buffer.indexOf(10, from)
    const to = newline < 0 ? buffer.length : newline
    number++
    if (to > from) lines.push({ from, to, number, whole: newline >= 0 })
    from = to + 1
  }
  return lines
}

const compare = (one: readonly number[], other: readonly number[]): number => {
  const at = one.findIndex((value, position) => value !== other[position])
  return at < 0 ? 0 : (one[at] as number) - (other[at] as number)
}

/** What the reader itself relies on; whether the content makes sense is the judge's question. */
const isExchange = ({ probe, attempt, step, try: count, request, response, failure }: RawRecord): boolean =>
  typeof probe === 'string' &&
  [attempt, step, count].every(Number.isInteger) &&
  typeof request?.endpoint === 'string' &&
  Array.isArray(request.headers) &&
  (response
    ? typeof response.status === 'number' && Array.isArray(response.headers) && Array.isArray(response.reads)
    : failure !== undefined)

interface RawBody {
  readonly body?: string
  readonly bodyBase64?: string
  readonly bodyFile?: string
}

interface RawRecord {
  readonly kind: string
  readonly probe: string
  readonly attempt: number
  readonly step: number
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
}

const decodeExchange = ({ probe, attempt, step, try: count, auth, request, response, failure }: RawRecord, from: Origin): Exchange => ({
  probe,
  attempt,
  step,
  try: count,
  auth,
  request: withBody(request, from),
  outcome: response
    ? lazily(withBody({ ...response, kind: 'response' as const }, from), 'reads', () => decodeReads(response.reads))
    : { kind: 'failure', code: 'UNKNOWN', message: '', atMs: 0, ...failure },
})

/** Tenths of a millisecond since the read before, and bytes, in turn. */
const decodeReads = (flat: readonly number[]): readonly Read[] => {
  const reads: Read[] = []
  let tenths = 0
  let from = 0
  for (let index = 0; index + 1 < flat.length; index += 2) {
    tenths += flat[index] as number
    const to = from + (flat[index + 1] as number)
    reads.push({ atMs: tenths / 10, from, to })
    from = to
  }
  return reads
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

const readBody = ({ file, verify }: Origin, name: string): Uint8Array => {
  // a name from a file that somebody sent must not lead elsewhere
  if (!/^[0-9a-f]{64}$/.test(name)) throw new TranscriptError('MissingBody', `${file}  names a body that is no digest`)
  const path = join(bodiesOf(file), name)
  const bytes = attempted(() => readFileSync(path))
  if (!bytes) throw new TranscriptError('MissingBody', `${file}  needs ${path}`)
  if (verify && createHash('sha256').update(bytes).digest('hex') !== name)
    throw new TranscriptError('MissingBody', `${file}  needs ${path}, which was changed`)
  return bytes
}
