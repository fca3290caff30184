import { readFileSync } from 'node:fs'
import type { TraitsRecord, Transcript, TranscriptFooter, TranscriptHeader } from '../types.ts'
import { decodeExchange, type RawRecord } from './read-exchange.ts'
import { isExchange, isFooter, isHeader, isTraits } from './record-shape.ts'
import { attempted, TranscriptError } from './transcript-error.ts'
import type { HeldBody } from './write.ts'

export { TranscriptError } from './transcript-error.ts'

interface Line {
  readonly from: number
  readonly to: number
  readonly number: number
  /** The line has its end; without one it was cut while it was written. */
  readonly whole: boolean
}

/** Up to this size the parsed lines are kept: a judge goes through them more than once. */
const keptBytes = 32 * 1024 * 1024

export interface ReadOptions {
  /** Accept a transcript of an interrupted run: no footer, perhaps a torn last line. */
  readonly partial?: boolean
  /** Check large bodies against their digest; not needed for what this process wrote itself. */
  readonly verify?: boolean
  /** A large body that need not be read, because it is in memory. */
  readonly held?: HeldBody | undefined
}

/**
 * Reads a transcript; exchanges are parsed when they are asked for, in plan order, whatever order they ended in.
 * @throws TranscriptError
 */
export const readTranscript = (file: string, { partial = false, verify = true, held }: ReadOptions = {}): Transcript => {
  const buffer = bytesOf(file)
  const broken = ({ number }: Line, what: string) =>
    new TranscriptError('BrokenLine', `${file}:${number}:1 ${what}; the file was cut or changed`)
  const parse = (line: Line): RawRecord => {
    try {
      return JSON.parse(buffer.toString('utf8', line.from, line.to)) as RawRecord
    } catch {
      throw broken(line, 'is not a JSON record')
    }
  }
  const lines = linesOf(buffer)
  if (!lines[0]) throw new TranscriptError('NotATranscript', `${file} is empty`)
  const header = headerOf(lines[0], parse, file)

  let traits: TraitsRecord = { kind: 'traits', traits: [] }
  let footer: TranscriptFooter | undefined
  const exchanges: { line: Line; order: readonly number[]; record: RawRecord | undefined }[] = []
  const small = buffer.length <= keptBytes
  const planned = new Map(header.plan.map((id, position) => [id, position]))
  for (const line of lines.slice(1)) {
    // a line without its end was being written when the run was killed: that is told by the missing footer
    const record = line.whole ? parse(line) : attempted(() => parse(line))
    if (record?.kind === 'traits') {
      if (!isTraits(record)) throw broken(line, 'is no list of traits')
      traits = record as unknown as TraitsRecord
    }
    if (record?.kind === 'footer') {
      if (!isFooter(record)) throw broken(line, 'is no footer')
      footer = record as unknown as TranscriptFooter
    }
    if (record?.kind !== 'exchange') continue
    if (!isExchange(record)) throw broken(line, 'is no exchange')
    const order = [planned.get(record.probe) ?? planned.size, record.attempt, record.step, record.copy ?? 0, record.try]
    exchanges.push({ line, order, record: small ? record : undefined })
  }
  if (!footer && !partial) {
    throw new TranscriptError('MissingFooter', `${file} has no footer: the run was interrupted. Judge what there is with --partial.`)
  }
  exchanges.sort((one, other) => compare(one.order, other.order))
  return {
    header,
    traits,
    ...(footer ? { footer } : {}),
    *exchanges() {
      for (const { line, record } of exchanges) yield decodeExchange(record ?? parse(line), { file, verify, held })
    },
  }
}

const bytesOf = (file: string): Buffer => {
  try {
    return readFileSync(file)
  } catch (error) {
    // Node does not say which file it was
    if ((error as NodeJS.ErrnoException).code !== 'EISDIR') throw error
    throw new TranscriptError('NotATranscript', `${file} is a folder: name the transcript in it`)
  }
}

const headerOf = (line: Line, parse: (line: Line) => RawRecord, file: string): TranscriptHeader => {
  const record = attempted(() => parse(line)) as { kind?: unknown; format?: unknown } | null | undefined
  if (record?.kind !== 'header') throw new TranscriptError('NotATranscript', `${file} is no transcript: its first line is no header`)
  if (record.format !== 1)
    throw new TranscriptError(
      'UnknownFormat',
      `${file} has format ${typeof record.format === 'number' ? record.format : 'unknown'}; this version reads format 1`,
    )
  if (!isHeader(record)) {
    throw new TranscriptError('NotATranscript', `${file} is no transcript: its header is not whole`)
  }
  return record as unknown as TranscriptHeader
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
