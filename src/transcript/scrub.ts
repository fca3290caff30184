import { isUtf8 } from 'node:buffer'
import { type Coding, codingOf } from '../coding.ts'
import type { Exchange, Headers, Reads, Response, TraitsRecord, Transcript, TranscriptFooter, TranscriptHeader } from '../types.ts'
import { type BodyKind, scrubBody } from './scrub/body.ts'
import { scrubHeaders } from './scrub/headers.ts'
import { errorWords, pathWords } from './scrub/vocabulary.ts'
import { createWords, type Words } from './scrub/words.ts'

export interface ScrubInput {
  /** Decides what becomes of each word; thrown away, nothing leads back. */
  readonly key: Uint8Array
  /** Lower-case words that are public, such as those of the built-in suites in what a run asked. */
  readonly publicWords: ReadonlySet<string>
}

/** What the recorder put in place of secrets stays readable as such. */
const marks = ['redacted']

/**
 * The records of a transcript with other words in place of its text: prompts, answers, arguments, names, ids. Framing,
 * structure, names of members, numbers, times and plain headers stay, so that it is judged as before.
 */
export function* scrubTranscript(
  { header, traits, exchanges, footer }: Transcript,
  { key, publicWords }: ScrubInput,
): Generator<TranscriptHeader | TraitsRecord | Exchange | TranscriptFooter> {
  const words = createWords(key, new Set([...publicWords, ...marks]))
  const said = (text: string) => words.text(text, errorWords)
  const url = scrubUrl(words)
  const { target } = header
  yield {
    ...header,
    target: {
      ...target,
      name: URL.canParse(target.url) && new URL(target.url).host === target.name ? new URL(url(target.url)).host : words.text(target.name),
      url: url(target.url),
      models: Object.fromEntries(Object.entries(target.models).map(([name, model]) => [name, words.text(model)])),
    },
  }
  if (traits.traits.length > 0) yield { ...traits, traits: traits.traits.map(({ name, how }) => ({ name, how: said(how) })) }
  for (const exchange of exchanges()) yield scrubExchange(words, exchange, url)
  if (footer) yield { ...footer, skipped: Object.fromEntries(Object.entries(footer.skipped).map(([probe, why]) => [probe, said(why)])) }
}

const scrubExchange = (words: Words, { request, outcome, ...address }: Exchange, url: (text: string) => string): Exchange => ({
  ...address,
  request: {
    ...request,
    endpoint: scrubPath(words, request.endpoint) as Exchange['request']['endpoint'],
    url: url(request.url),
    headers: scrubHeaders(words, request.headers),
    body: scrubBody(words, request.body, { stream: false, failed: false }).body,
  },
  outcome: outcome.kind === 'failure' ? { ...outcome, message: words.text(outcome.message, errorWords) } : scrubResponse(words, outcome),
})

const scrubResponse = (words: Words, response: Response): Response => {
  const { headers, body, reads, status } = response
  const label = headerOf(headers, 'content-type')
  const kind: BodyKind = {
    stream:
      /^\s*text\/event-stream/i.test(label) || /^(\uFEFF)?\s*(data|event|id|retry)?:/.test(Buffer.from(body.subarray(0, 64)).toString()),
    failed: status >= 400,
  }
  const coding = codingOf(headers)
  const made = (coding && repacked(words, response, kind, coding)) ?? scrubBody(words, body, kind, reads)
  const size = String(body.byteLength)
  return {
    ...response,
    ...made,
    headers: scrubHeaders(words, headers).map(([name, value]) =>
      // a length that was right stays right
      name.toLowerCase() === 'content-length' && value === size ? [name, String(made.body.byteLength)] : [name, value],
    ),
  }
}

const headerOf = (headers: Headers, name: string): string => headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? ''

/** A compressed body is opened and compressed again: its reads are where they were in proportion. */
const repacked = (
  words: Words,
  { body, reads }: Response,
  kind: BodyKind,
  coding: Coding,
): { body: Uint8Array; reads: Reads } | undefined => {
  let plain: Buffer
  try {
    plain = coding.open(body, true)
  } catch {
    // labelled, but not compressed; or in a way that nobody can read: then nothing of it may stay
    return isUtf8(body) ? undefined : { body: Buffer.alloc(body.byteLength), reads }
  }
  const made = coding.close(scrubBody(words, plain, kind).body)
  const ends = reads.ends.map((end) => Math.round((end / Math.max(1, body.byteLength)) * made.length))
  return { body: made, reads: { atMs: reads.atMs, ends } }
}

/** Escapes of a path stand for signs, and stay. */
const scrubPath = (words: Words, path: string): string =>
  path
    .split(/(%[0-9A-Fa-f]{2})/)
    .map((part, at) => (at % 2 === 1 ? part : words.text(part, pathWords)))
    .join('')

/** Hosts get a number each; those of this machine tell nothing. */
const scrubUrl = (words: Words): ((text: string) => string) => {
  const hosts: string[] = []
  return (text) => {
    if (!URL.canParse(text)) return words.text(text)
    const { protocol, hostname, port } = new URL(text)
    if (!hosts.includes(hostname)) hosts.push(hostname)
    const host = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname) ? hostname : `host${hosts.indexOf(hostname) + 1}.invalid`
    const rest = text.replace(/^[a-z]+:\/\/[^/?]*/i, '')
    return `${protocol}//${host}${port === '' ? '' : `:${port}`}${scrubPath(words, rest)}`
  }
}
