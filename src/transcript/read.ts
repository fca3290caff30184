import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Exchange, Read, Response, Transcript, TraitsRecord, TranscriptFooter, TranscriptHeader } from '../types.ts'
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
}

/**
 * Reads a transcript; exchanges are parsed when they are asked for, in plan order, whatever order they ended in.
 * @param partial accept a transcript of an interrupted run: no footer, perhaps a torn last line
 * @throws TranscriptError
 */
export const readTranscript = (file: string, { partial = false } = {}): Transcript => {
  const buffer = readFileSync(file)
  const parse = ({ from, to, number }: Line): RawRecord => {
    try {
      return JSON.parse(buffer.toString('utf8', from, to)) as RawRecord
    } catch {
      throw new TranscriptError('BrokenLine', `${file}:${number}:1  is not a JSON record; the file was cut or changed`)
    }
  }
  const lines = linesOf(buffer)
  const header = lines[0] && firstRecord(lines[0], parse, file)
  if (!header) throw new TranscriptError('NotATranscript', `${file}  is empty`)

  let traits: TraitsRecord = { kind: 'traits', traits: [] }
  let footer: TranscriptFooter | undefined
  const exchanges: { line: Line; order: readonly number[] }[] = []
  const planned = new Map(header.plan.map((id, position) => [id, position]))
  for (const line of lines.slice(1)) {
    const record = tolerant(() => parse(line), partial && line === lines.at(-1))
    if (record?.kind === 'traits') traits = record as unknown as TraitsRecord
    if (record?.kind === 'footer') footer = record as unknown as TranscriptFooter
    if (record?.kind !== 'exchange') continue
    exchanges.push({ line, order: [planned.get(record.probe) ?? planned.size, record.attempt, record.step, record.try] })
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
      for (const { line } of exchanges) yield decodeExchange(parse(line), file)
    },
  }
}

const firstRecord = (line: Line, parse: (line: Line) => RawRecord, file: string): TranscriptHeader => {
  let record: RawRecord | undefined
  try {
    record = parse(line)
  } catch {
    // not even JSON
  }
  if (record?.kind !== 'header') throw new TranscriptError('NotATranscript', `${file}  is no transcript: its first line is no header`)
  const { format } = record as unknown as { format: unknown }
  if (format !== 1) throw new TranscriptError('UnknownFormat', `${file}  has format ${String(format)}; this version reads format 1`)
  return record as unknown as TranscriptHeader
}

const tolerant = <Value>(read: () => Value, forgive: boolean): Value | undefined => {
  try {
    return read()
  } catch (error) {
    if (forgive) return undefined
    throw error
  }
}

const linesOf = (buffer: Buffer): readonly Line[] => {
  const lines: Line[] = []
  for (let from = 0; from < buffer.length; ) {
    const newline = buffer.indexOf(10, from)
    const to = newline < 0 ? buffer.length : newline
    if (to > from) lines.push({ from, to, number: lines.length + 1 })
    from = to + 1
  }
  return lines
}

const compare = (one: readonly number[], other: readonly number[]): number => {
  const at = one.findIndex((value, position) => value !== other[position])
  return at < 0 ? 0 : (one[at] as number) - (other[at] as number)
}

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
  readonly response?: Omit<Response, 'kind' | 'body' | 'reads'> & RawBody & { readonly reads: readonly (readonly [number, number])[] }
  readonly failure?: { readonly code: string; readonly message: string; readonly atMs: number }
}

const decodeExchange = ({ probe, attempt, step, try: count, auth, request, response, failure }: RawRecord, file: string): Exchange => ({
  probe,
  attempt,
  step,
  try: count,
  auth,
  request: withBody(request, file),
  outcome: response
    ? { ...withBody(response, file), kind: 'response', reads: decodeReads(response.reads) }
    : { kind: 'failure', code: 'UNKNOWN', message: '', atMs: 0, ...failure },
})

const decodeReads = (pairs: readonly (readonly [number, number])[]): readonly Read[] => {
  let from = 0
  return pairs.map(([atMs, to]) => {
    const read = { atMs, from, to }
    from = to
    return read
  })
}

/** The body is read when it is looked at: a pass over a transcript must not load what it does not need. */
const withBody = <Rest extends object>({ body, bodyBase64, bodyFile, ...rest }: Rest & RawBody, file: string) => {
  let bytes: Uint8Array | undefined
  return Object.defineProperty(rest, 'body', {
    enumerable: true,
    get: () => {
      bytes ??= bodyFile === undefined ? (body === undefined ? Buffer.from(bodyBase64 ?? '', 'base64') : Buffer.from(body, 'utf8')) : readBody(file, bodyFile)
      return bytes
    },
  }) as Omit<Rest, keyof RawBody> & { readonly body: Uint8Array }
}

const readBody = (file: string, name: string): Uint8Array => {
  // a name from a file that somebody sent must not lead elsewhere
  if (!/^[0-9a-f]{64}$/.test(name)) throw new TranscriptError('MissingBody', `${file}  names a body that is no digest`)
  try {
    return readFileSync(join(bodiesOf(file), name))
  } catch {
    throw new TranscriptError('MissingBody', `${file}  needs ${join(bodiesOf(file), name)}`)
  }
}
