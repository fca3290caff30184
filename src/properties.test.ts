import { mkdtempSync, rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { judge, load, loadTarget, plan, record, startReference } from './index.ts'
import { foldChat } from './transcript/fold/chat.ts'
import { foldCompletions } from './transcript/fold/completions.ts'
import { foldMessages } from './transcript/fold/messages.ts'
import { foldResponses } from './transcript/fold/responses.ts'
import { listenTcp, targetOf } from './transport/loopback.ts'
import { createTransport } from './transport/send.ts'
import type { Exchange, Response, SseEvent, Transcript } from './types.ts'

const builtins = load()

/** Few probes, but of every API, whole and streamed, answered and refused. */
const selectors = [
  'chat/prompt',
  'chat-stream/count',
  'chat-tools/round-trip',
  'responses-stream/text',
  'responses-stream/cap',
  'anthropic/message',
  'anthropic/stream-tools',
  'completions/text',
  'completions/stream',
  'errors/missing-messages',
]

/** One run has nothing to tell; the others are broken in what is said, in its framing, and in its end. */
const faults = [[], ['id-changes', 'role-late'], ['dataless-event', 'invalid-utf8'], ['missing-blank-line'], ['truncated']]

/** A busy machine makes slow answers, and from a second on it matters when they came. */
const quick = (exchange: Exchange): Exchange =>
  exchange.outcome.kind === 'response'
    ? { ...exchange, outcome: { ...exchange.outcome, endAtMs: Math.min(exchange.outcome.endAtMs, 900) } }
    : exchange

const recordOne = async (names: readonly string[]): Promise<Transcript> => {
  const folder = mkdtempSync(join(tmpdir(), 'wirecheck-properties-'))
  const server = await startReference({ faults: names })
  try {
    const { target } = loadTarget({ baseUrl: server.url, model: 'reference', jobs: 4, auth: 'none' }, {})
    const transcript = await record({
      builtins,
      plan: plan({ suites: builtins.suites, selectors, profiles: [], catalog: builtins.catalog }),
      target,
      file: join(folder, 'transcript.jsonl'),
    })
    const exchanges = [...transcript.exchanges()].map(quick)
    return { ...transcript, exchanges: () => exchanges }
  } finally {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

let transcripts: readonly Transcript[] = []
beforeAll(async () => {
  transcripts = await Promise.all(faults.map(recordOne))
})

/** The same transcript with one answer in place of another. */
const withAnswer = (transcript: Transcript, position: number, change: (response: Response) => Response): Transcript => {
  const exchanges = [...transcript.exchanges()].map((exchange, at): Exchange => {
    const { outcome } = exchange
    return at === position && outcome.kind === 'response' ? { ...exchange, outcome: change(outcome) } : exchange
  })
  return { ...transcript, exchanges: () => exchanges }
}

const answered = (transcript: Transcript): number[] =>
  [...transcript.exchanges()].flatMap(({ outcome }, position) =>
    outcome.kind === 'response' && outcome.body.byteLength > 0 ? [position] : [],
  )

/** A transcript, and one of its answers. */
const anyAnswer = (): fc.Arbitrary<readonly [Transcript, number]> =>
  fc.tuple(fc.nat(), fc.nat()).map(([one, other]) => {
    const transcript = transcripts[one % transcripts.length] as Transcript
    const positions = answered(transcript)
    return [transcript, positions[other % positions.length] as number]
  })

const share = fc.double({ min: 0, max: 1, noNaN: true })

test('the runs are what they are meant to be: one clean, the others accused', () => {
  const accused = transcripts.map((transcript) => judge(builtins, transcript).findings.some(({ level }) => level !== 'may'))
  expect(accused).toEqual(faults.map((names) => names.length > 0))
})

test('an answer that came in other reads, at other moments of the same second, gives the same judgement', () => {
  const known = new Map(transcripts.map((transcript) => [transcript, judge(builtins, transcript)]))
  fc.assert(
    fc.property(anyAnswer(), fc.array(fc.tuple(share, share), { maxLength: 40 }), ([transcript, position], cuts) => {
      const recut = withAnswer(transcript, position, (response) => {
        const size = response.body.byteLength
        const ends = [...new Set([...cuts.map(([at]) => Math.ceil(at * size)).filter((end) => end > 0), size])].sort(
          (one, other) => one - other,
        )
        const times = cuts.map(([, at]) => at * response.endAtMs).sort((one, other) => one - other)
        return { ...response, reads: { atMs: ends.map((_, read) => times[read] ?? response.endAtMs), ends } }
      })
      expect(judge(builtins, recut)).toEqual(known.get(transcript))
    }),
    { numRuns: 30 },
  )
})

test('whatever becomes of one byte of an answer: no check throws, and judging twice gives the same', () => {
  fc.assert(
    fc.property(anyAnswer(), share, fc.integer({ min: 1, max: 255 }), ([transcript, position], place, flip) => {
      const corrupt = withAnswer(transcript, position, (response) => {
        const body = Uint8Array.from(response.body)
        const at = Math.floor(place * (body.byteLength - 1))
        body[at] = (body[at] as number) ^ flip
        return { ...response, body }
      })
      const once = judge(builtins, corrupt)
      expect(once.harness).toEqual([])
      expect(judge(builtins, corrupt)).toEqual(once)
    }),
    { numRuns: 25 },
  )
})

/** JSON that gets far into a fold: its members have the names that folds look for, their values anything. */
const names = [
  'choices',
  'index',
  'delta',
  'message',
  'type',
  'response',
  'item',
  'output_index',
  'content_block',
  'text',
  'usage',
  'tool_calls',
]
const types = [
  'response.created',
  'response.completed',
  'response.output_item.done',
  'message_start',
  'content_block_start',
  'content_block_delta',
]
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(fc.integer({ min: -1, max: 2 }), fc.constantFrom(...types, null, true, '', 'x', '__proto__'), fc.jsonValue({ maxDepth: 1 })),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names, '__proto__', 'constructor', 'function', 'logprobs'), tie('tree'), { maxKeys: 5 }),
  ),
}))
const anyEvents = fc
  .array(fc.oneof(tree, fc.jsonValue()), { maxLength: 8 })
  .map((values) =>
    values.map(
      (json, index): SseEvent => ({ index, from: index, to: index + 1, atMs: 0, json: JSON.parse(JSON.stringify(json)) as unknown }),
    ),
  )

test.each([
  ['chat', foldChat],
  ['responses', foldResponses],
  ['completions', foldCompletions],
  ['messages', foldMessages],
])('the fold of %s never throws, changes no event, and gives the same for the same', (_, fold) => {
  fc.assert(
    fc.property(anyEvents, (events) => {
      const before = JSON.stringify(events)
      const once = JSON.stringify(fold(events))
      expect(JSON.stringify(events)).toBe(before)
      expect(JSON.stringify(fold(events))).toBe(once)
    }),
    { numRuns: 300 },
  )
})

let pieces: readonly Buffer[] = []
const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n'
const server = listenTcp((socket) => void talk(socket))
const talk = async (socket: Socket) => {
  socket.setNoDelay(true)
  for (const piece of pieces) {
    await new Promise((resolve) => socket.write(piece, resolve))
    await new Promise((resolve) => setImmediate(resolve))
  }
  socket.end()
}
afterAll(async () => (await server).close())

const cutAt = (bytes: Buffer, places: readonly number[]): Buffer[] => {
  const ends = [...new Set(places.map((place) => Math.floor(place * bytes.length)))].sort((one, other) => one - other)
  return [...ends, bytes.length].map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end)).filter(({ length }) => length > 0)
}

test('however an answer is cut on its way, with or without chunks of HTTP, the recorded body is the same', async () => {
  const { url } = await server
  const transport = createTransport(targetOf(url))
  const bodies = transcripts.flatMap((transcript) =>
    [...transcript.exchanges()].flatMap(({ outcome }) => (outcome.kind === 'response' ? [Buffer.from(outcome.body)] : [])),
  )
  const places = fc.array(share, { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(fc.nat(), places, places, fc.boolean(), async (which, chunks, writes, chunked) => {
      const body = bodies[which % bodies.length] as Buffer
      const framed = cutAt(body, chunks).flatMap((chunk) => [Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')])
      pieces = cutAt(
        chunked
          ? Buffer.concat([
              Buffer.from(`${head}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n`),
              ...framed,
              Buffer.from('0\r\n\r\n'),
            ])
          : Buffer.concat([Buffer.from(`${head}Connection: close\r\n\r\n`), body]),
        writes,
      )
      const outcome = await transport.send({ endpoint: 'GET /models', url: `${url}/models`, headers: [], headersMs: 5000 })
      if (outcome.kind !== 'response') throw new Error(`${outcome.code}: ${outcome.message}`)
      expect(outcome.end).toBe('complete')
      expect(Buffer.from(outcome.body).equals(body)).toBe(true)
      expect(outcome.reads.ends.at(-1) ?? 0).toBe(body.length)
    }),
    { numRuns: 40 },
  )
  await transport.close()
})
