import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { plainPalette } from '../../render/palette.ts'
import { readTranscript } from '../../transcript/read.ts'
import { type RunOptions, run } from './run.ts'

const out = mkdtempSync(join(tmpdir(), 'wirecheck-run-'))
afterAll(() => rmSync(out, { recursive: true, force: true }))

/** Runs against the built-in endpoint; `atReport` is called when the report is printed. */
const embedded = async (options: RunOptions, atReport = () => {}) => {
  let err = ''
  const print = (text: string) => {
    if (text.includes('support')) atReport()
  }
  const say = (text: string) => {
    err += text
  }
  const terminal = { out: print, err: say, palette: plainPalette, width: 100, live: false }
  const code = await run({ ignoreEnv: true, quiet: true, out, ...options }, terminal)
  return { code, err }
}

test('while it is judged, signals end the process, and the transcript is whole by then', async () => {
  const counts = () => ['SIGINT', 'SIGTERM'].map((name) => process.listenerCount(name))
  const before = counts()
  let during: number[] | undefined
  const { code, err } = await embedded({ selector: ['models'] }, () => {
    during = counts()
    expect(readTranscript(join(out, 'transcript.jsonl')).footer).toBeDefined()
  })
  expect([code, during]).toEqual([0, before])
  expect(err).not.toContain('cut short')
})

test('a budget that is used up is told last, and what nothing was decided by is no pass', async () => {
  const none = await embedded({ selector: ['models', 'chat'], maxRequests: 0 })
  expect([none.code, none.err]).toEqual([
    3,
    expect.stringMatching(/cut short by --max-requests 0: (\d+) of \1 probes did not run, and nothing was decided\n$/),
  ])
  const some = await embedded({ selector: ['models', 'chat'], maxRequests: 5 })
  expect([some.code, some.err]).toEqual([0, expect.stringMatching(/cut short by --max-requests 5: \d+ of \d+ probes did not run\n$/)])
})
