import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { load } from '../../index.ts'
import { wrongKey } from '../../target/target.ts'
import { readTranscript, TranscriptError } from '../../transcript/read.ts'
import { scrubTranscript } from '../../transcript/scrub.ts'
import { createTranscriptWriter } from '../../transcript/write.ts'
import type { Suite } from '../../types.ts'
import { CliError } from '../exit-code.ts'
import type { Terminal } from '../terminal.ts'

export interface ScrubOptions {
  readonly transcript: string
  readonly out?: string
  readonly partial?: boolean
}

/** Writes a transcript with other words, for sharing: it is judged as the first one is, and says nothing of what was said. */
export const scrub = async ({ transcript: file, out, partial = false }: ScrubOptions, terminal: Terminal): Promise<number> => {
  if (!existsSync(file)) throw new CliError(`${file}: no such file`)
  const made = out ?? `${file.replace(/\.jsonl$/, '')}.scrubbed.jsonl`
  if (existsSync(made)) throw new CliError(`${made} is there already; name another file with --out`)
  try {
    const transcript = readTranscript(file, { partial })
    const asked = transcript.header.plan.length > 0 ? publicWords(load().suites) : new Set<string>()
    const writer = createTranscriptWriter(made)
    let count = 0
    for (const record of scrubTranscript(transcript, { key: randomBytes(32), publicWords: asked })) {
      writer.write(record)
      if (!('kind' in record)) count++
    }
    writer.close()
    terminal.out(`${made}\n`)
    const { dim } = terminal.palette
    terminal.err(`  ${dim('scrubbed')}  ${count} exchanges; words are replaced, the same word always by the same other one\n`)
    terminal.err(
      `  ${dim('kept')}      numbers, names of JSON members, vectors of embeddings, token ids, times: look before you share it\n`,
    )
    return 0
  } catch (error) {
    if (error instanceof TranscriptError) throw new CliError(error.message)
    throw error
  }
}

/** What the built-in suites ask is no secret, and some requirements read it. */
export const publicWords = (suites: readonly Suite[]): ReadonlySet<string> => {
  const asked = JSON.stringify([suites.flatMap(({ probes }) => probes.flatMap(({ steps }) => steps)), wrongKey])
  // an answer may take characters apart that were asked for as one
  const text = asked + asked.normalize('NFD') + asked.normalize('NFKC')
  return new Set((text.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())))
}
