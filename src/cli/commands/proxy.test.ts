import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startReference } from '../../index.ts'
import { plainPalette } from '../../render/palette.ts'
import { readTranscript } from '../../transcript/read.ts'
import { CliError } from '../exit-code.ts'
import type { Terminal } from '../terminal.ts'
import { judge } from './judge.ts'
import { proxy } from './proxy.ts'
import { scrub } from './scrub.ts'

const folder = mkdtempSync(join(tmpdir(), 'wirecheck-proxy-cli-'))
let bent: Awaited<ReturnType<typeof startReference>>
beforeAll(async () => {
  bent = await startReference({ faults: ['no-done'] })
})
afterAll(async () => {
  await bent.close()
  rmSync(folder, { recursive: true, force: true })
})

const said = { out: '', err: '' }
const terminal = (): Terminal => {
  said.out = said.err = ''
  return {
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
    palette: plainPalette,
    width: 100,
    live: false,
  }
}

const ask = (count: number) => `
  const body = JSON.stringify({ model: 'reference', stream: true, max_tokens: 9, messages: [{ role: 'user', content: 'Falcon' }] })
  for (let left = ${count}; left > 0; left--)
    await fetch(process.env.OPENAI_BASE_URL + '/chat/completions', { method: 'POST', body, headers: { 'content-type': 'application/json' } }).then((r) => r.text())
  process.exit(5)`
const command = (count: number) => [process.execPath, '--input-type=module', '-e', ask(count)]

test('a command is recorded, judged as it goes, and its exit code is ours', async () => {
  const transcript = join(folder, 'a.jsonl')
  expect(await proxy({ upstream: bent.url, transcript, command: command(3) }, terminal())).toBe(5)
  expect(said.out).toBe('')
  // three exchanges show it, and it is said once
  expect(said.err.match(/stream\.done-sentinel/g)).toHaveLength(1)
  expect(said.err).toMatch(/✗ MUST {2}stream\.done-sentinel {2}missing {2}#1 {2}end of the body\n/)
  expect(said.err).toMatch(/recorded 3 exchanges\n {2}findings 1 must\n/)
  expect(said.err).toContain(`wirecheck scrub ${transcript}`)
  expect(readTranscript(transcript).footer?.exchanges).toBe(3)

  const out = join(folder, 'b.jsonl')
  expect(await scrub({ transcript, out }, terminal())).toBe(0)
  expect(said.out).toBe(`${out}\n`)
  expect(readFileSync(transcript, 'utf8')).toContain('Falcon')
  expect(readFileSync(out, 'utf8')).not.toContain('Falcon')
  await expect(scrub({ transcript, out }, terminal())).rejects.toThrow('is there already')
})

test('one exchange of recorded traffic is named as it is in the report', async () => {
  const transcript = join(folder, 'named.jsonl')
  expect(await proxy({ upstream: bent.url, transcript, command: command(1) }, terminal())).toBe(5)
  expect(await judge({ transcript, selector: ['proxy/0001'] }, terminal())).toBe(1)
  expect(said.out).toMatch(/ {2}run +1 probe /)
  expect(said.out).toContain(`wirecheck judge ${transcript} proxy/0001`)
  const missing = { exitCode: 2, message: `"proxy/0009" is no exchange of ${transcript}: it has proxy/0001` }
  await expect(judge({ transcript, selector: ['proxy/*', 'proxy/0009'] }, terminal())).rejects.toMatchObject(missing)
})

test.each([
  ['gone', 'rmSync(file)'],
  ['no transcript any more', 'writeFileSync(file, "x")'],
])('a transcript that is %s changes no exit code', async (name, spoil) => {
  const transcript = join(folder, `${name}.jsonl`)
  const script = `import { rmSync, writeFileSync } from 'node:fs'; const file = ${JSON.stringify(transcript)}; ${spoil}; process.exit(6)`
  const spoiling = [process.execPath, '--input-type=module', '-e', script]
  expect(await proxy({ upstream: bent.url, transcript, command: spoiling }, terminal())).toBe(6)
  expect(said.err).toMatch(/ {2}not judged {2}\S/)
  expect(said.err).not.toMatch(/\n {4}at /)
})

test('a transcript that is there already is not overwritten', async () => {
  const transcript = join(folder, 'there.jsonl')
  writeFileSync(transcript, 'precious')
  const error = await proxy({ upstream: bent.url, transcript, command: command(1) }, terminal()).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(CliError)
  expect(error).toMatchObject({ exitCode: 2, message: expect.stringContaining('exists already') })
  expect(readFileSync(transcript, 'utf8')).toBe('precious')
})

test('no line shows what the upstream has in its query', async () => {
  const transcript = join(folder, 'query.jsonl')
  const upstream = `${bent.url}?subscription=f00dfeedcafe&api-version=2024-10-21`
  await proxy({ upstream, transcript, command: [process.execPath, '-e', '0'] }, terminal())
  expect(said.err).toContain(`-> ${bent.url}?subscription=[redacted]&api-version=2024-10-21\n`)
  expect(said.err + said.out + readFileSync(transcript, 'utf8')).not.toContain('f00dfeed')
})

test('what cannot be done is said before anything is started', async () => {
  const transcript = join(folder, 'c.jsonl')
  const fails = (options: Parameters<typeof proxy>[0]) => proxy({ transcript, ...options }, terminal()).catch((error: Error) => error)
  expect(await fails({})).toEqual(
    new CliError('where is the traffic to go? Name the base URL with --upstream, such as https://api.example.com/v1'),
  )
  expect(await fails({ upstream: 'http://u:p@127.0.0.1:1/v1' })).toBeInstanceOf(CliError)
  expect(await fails({ upstream: bent.url, command: ['opencode', 'run'] })).toMatchObject({
    message: expect.stringContaining('--provider'),
  })
  expect(await fails({ upstream: bent.url, port: bent.port })).toMatchObject({ message: expect.stringContaining('is in use'), exitCode: 2 })
  expect(existsSync(transcript)).toBe(false)
  expect(await fails({ upstream: bent.url, command: ['./there-is-no-such-command'] })).toMatchObject({
    message: expect.stringContaining('ENOENT'),
  })
})
