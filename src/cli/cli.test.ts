import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startReference } from '../index.ts'
import type { Report } from '../types.ts'

const bin = join(import.meta.dirname, '../../dist/bin.js')
const folder = mkdtempSync(join(tmpdir(), 'wirecheck-cli-'))
const key = 'sk-cli-test-0123456789'
const environment = { PATH: process.env.PATH, HOME: folder, NO_COLOR: '1', COLUMNS: '100', CLI_KEY: key }

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the built command in a folder of its own, with nothing of the surrounding environment but what is given. */
const cli = (words: readonly string[], env: Record<string, string> = {}): Promise<Ended> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [bin, ...words], { cwd: folder, env: { ...environment, ...env } })
    let out = ''
    let err = ''
    child.stdout.on('data', (data: Buffer) => (out += data.toString()))
    child.stderr.on('data', (data: Buffer) => (err += data.toString()))
    child.on('close', (code) => resolve({ code, out, err }))
  })

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return name
}

const servers: Server[] = []
const listen = (handler: Parameters<typeof createServer>[1]): Promise<string> =>
  new Promise((resolve) => {
    const server = createServer(handler as never).listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    )
    servers.push(server)
  })

let reference: Awaited<ReturnType<typeof startReference>>
let bent: Awaited<ReturnType<typeof startReference>>
beforeAll(async () => {
  reference = await startReference({ key })
  bent = await startReference({ key, faults: ['no-done'] })
})
afterAll(async () => {
  await reference.close()
  await bent.close()
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
  rmSync(folder, { recursive: true, force: true })
})

describe('the main job', () => {
  test('without a base URL the embedded endpoint is tested, and is clean', async () => {
    const { code, out, err } = await cli(['run', '--ignore-env', '--out', 'embedded'], { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' })
    expect(code).toBe(0)
    expect(out).toContain('no finding')
    expect(err).toContain('embedded reference endpoint')
    expect(existsSync(join(folder, 'embedded/report.json'))).toBe(true)
  })

  test('a defect is a finding, exit 1, and the report never holds the key', async () => {
    const { code, out, err } = await cli([
      'run',
      '--base-url',
      bent.url,
      '--model',
      'reference',
      '--api-key-env',
      'CLI_KEY',
      '--out',
      'bent',
      '-q',
    ])
    expect(code).toBe(1)
    expect(out).toContain('stream.done-sentinel')
    expect(out).toContain('written bent/report.json')
    const written = readdirSync(join(folder, 'bent'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      statSync(join(folder, 'bent', name)).isFile(),
    )
    for (const name of written) expect(readFileSync(join(folder, 'bent', name), 'utf8')).not.toContain(key)
    for (const name of written) expect(statSync(join(folder, 'bent', name)).mode & 0o077).toBe(0)
    expect(out + err).not.toContain(key)
  })

  test('judging the transcript again says the same, and curl shows no key', async () => {
    const { code, out } = await cli(['judge', 'bent/transcript.jsonl', '--render', 'json'])
    expect(code).toBe(1)
    const again = JSON.parse(out) as Report
    const first = JSON.parse(readFileSync(join(folder, 'bent/report.json'), 'utf8')) as Report
    expect(again.findings.map(({ id, seen }) => [id, seen])).toEqual(first.findings.map(({ id, seen }) => [id, seen]))
    const id = first.findings[0]?.id as string
    const explained = await cli(['explain', id, '--report', 'bent/report.json'])
    expect(explained.out).toContain('stream.done-sentinel')
    const curl = await cli(['explain', id, '--curl', '--report', 'bent/report.json'])
    expect(curl.out).toMatch(/^curl .*\$OPENAI_API_KEY/)
  })

  test('a baseline excuses with a reason, and a stale entry fails', async () => {
    const first = JSON.parse(readFileSync(join(folder, 'bent/report.json'), 'utf8')) as Report
    const known = write('known.yaml', `findings:\n${first.findings.map(({ id }) => `  - { id: "${id}", reason: known }\n`).join('')}`)
    expect((await cli(['judge', 'bent/transcript.jsonl', '--baseline', known])).code).toBe(0)
    const stale = write('stale.yaml', 'findings:\n  - { id: chat.object, reason: old }\n')
    expect((await cli(['judge', 'embedded/transcript.jsonl', '--baseline', stale])).code).toBe(1)
    const bare = write('bare.yaml', 'findings:\n  - { id: chat.object }\n')
    const { code, err } = await cli(['judge', 'embedded/transcript.jsonl', '--baseline', bare])
    expect([code, err]).toEqual([2, expect.stringContaining('bare.yaml:2:5  the entry for chat.object has no "reason"')])
  })

  test('own suites run beside the built-in ones', async () => {
    const ours = write(
      'ours.yaml',
      `suite: ours
title: Ours
requirements:
  ours.teapot:
    level: must
    text: The endpoint is a teapot.
    check: { status: { is: [418] } }
probes:
  teapot:
    title: tea
    capability: chat
    request: { endpoint: GET /teapot }
    expect: [ours.teapot]
`,
    )
    expect((await cli(['lint', ours])).out).toContain('ours.yaml  ok: requirements 1, probes 1')
    const { code, out } = await cli(['run', `./${ours}`, '--ignore-env', '--out', 'ours', '-q'])
    expect(code).toBe(1)
    expect(out).toContain('ours.teapot')
    expect(out).toContain('ours.yaml:4')
  })

  test('list, matrix and help', async () => {
    const { out } = await cli(['list'])
    expect(out).toMatch(/\d+ probes, \d+ to \d+ requests, at most/)
    expect((await cli(['matrix', 'embedded/report.json', 'bent/report.json', '--profile', 'chat'])).out).toContain('streaming')
    expect((await cli(['list', '--summary'])).out).toMatch(/^observations +\d+$/m)
    expect((await cli(['list', '--dialects'])).out).toMatch(/^ollama +\S/m)
    expect((await cli(['explain', 'reasoning-history'])).out).toMatch(/observation reasoning-history[\s\S]*interleaved/)
    expect((await cli(['matrix', 'embedded/report.json'])).out).toMatch(/unknown-model +not-found/)
    expect((await cli(['--help'])).out).toContain('wirecheck run')
    expect((await cli(['run', '--help'])).out).toContain('--base-url')
    expect((await cli(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})

describe('targets that cannot be tested: one message, exit 3', () => {
  test.each([
    ['refused', 'http://127.0.0.1:9/v1', 'ECONNREFUSED'],
    ['no TLS behind https', 'https-to-http', 'SSL|TLS|EPROTO|ECONNRESET'],
  ])('%s', async (_, url, code) => {
    const base = url === 'https-to-http' ? reference.url.replace('http:', 'https:') : url
    const ended = await cli(['run', '--base-url', base, '--model', 'm', '-q', '--out', 'nowhere'])
    expect(ended.code).toBe(3)
    expect(ended.err).toMatch(new RegExp(`cannot test ${base}: .*(${code})`))
    expect(ended.err.match(/cannot test/g)).toHaveLength(1)
  })

  test('never an answer', async () => {
    const url = await listen(() => undefined)
    const ended = await cli(['run', '--base-url', `${url}/v1`, '--model', 'm', '-q', '--timeout-headers', '1', '--out', 'silent'])
    expect([ended.code, ended.err]).toEqual([3, expect.stringContaining('no headers in time')])
  })

  test('a page of HTML, and the base URL that would be right', async () => {
    const url = await listen((request, response) => {
      request.resume()
      if (request.url === '/v1/models')
        return response.writeHead(200, { 'content-type': 'application/json' }).end('{"object":"list","data":[{"id":"m"}]}')
      return response.writeHead(200, { 'content-type': 'text/html' }).end('<html><title>welcome</title></html>')
    })
    const ended = await cli(['run', '--base-url', url, '-q', '--out', 'html'])
    expect(ended.code).toBe(3)
    expect(ended.err).toContain(`did you mean --base-url ${url}/v1?`)
  })

  test('a wrong key', async () => {
    const ended = await cli(
      ['run', '--base-url', reference.url, '--model', 'reference', '--api-key-env', 'WRONG', '-q', '--out', 'wrong'],
      { WRONG: 'sk-no-such-key-00000' },
    )
    expect([ended.code, ended.err]).toEqual([3, expect.stringContaining('the key was refused with 401')])
  })

  test('no key: that none was given, and how to give one', async () => {
    const ended = await cli(['run', '--base-url', reference.url, '--model', 'reference', '-q', '--out', 'keyless'])
    expect([ended.code, ended.err]).toEqual([
      3,
      expect.stringContaining('no key was given, and the answer was 401\n  name the environment'),
    ])
    expect(ended.out + ended.err).not.toContain('refused')
  })

  test('a page of HTML with --model is one message, and no finding', async () => {
    const url = await listen((request, response) => {
      request.resume()
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><html><title>welcome</title></html>')
    })
    const ended = await cli(['run', '--base-url', url, '--model', 'm', '-q', '--out', 'page'])
    expect(ended.err).toContain(`${url}: answered with a web page, not as an API\n  did you mean --base-url ${url}/v1?`)
    expect([ended.code, ended.out]).toEqual([3, expect.stringContaining('no finding')])
  })

  test('a model that is not listed', async () => {
    const url = await listen((request, response) => {
      request.resume()
      const [status, body] = request.url === '/v1/models' ? [200, { object: 'list', data: [{ id: 'qwen3-8b' }, { id: 'phi' }] }] : [404, {}]
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
    const ended = await cli(['run', '--base-url', `${url}/v1`, '--model', 'qwen3-8', '-q', '--out', 'nosuch'])
    expect([ended.code, ended.err]).toEqual([3, expect.stringContaining('did you mean "qwen3-8b"?\n  it lists qwen3-8b, phi\n')])
  })

  test('a budget that leaves nothing to decide', async () => {
    const ended = await cli(['run', '--ignore-env', '--max-requests', '1', '-q', '--out', 'budget'])
    expect(ended.code).toBe(3)
    expect(ended.err).toMatch(/cut short by --max-requests 1: \d+ of \d+ probes did not run, and nothing was decided\n$/)
  })
})

describe('wrong words: exit 2, before anything is sent', () => {
  test.each([
    [['run', '--base-url', 'localhost:8000/v1'], 'did you mean http://localhost:8000/v1?'],
    [['run', '--base-url', 'http://x/v1/chat/completions'], 'did you mean http://x/v1?'],
    [['run', '--base-url', 'http://x y/v1'], 'white space'],
    [['run', '--base-url', 'http://x/v1', '--api-key-env', 'NOPE'], 'the environment variable NOPE is not set'],
    [['run', '--base-url', 'http://x/v1', '--header', 'Authorization=Bearer sk-secret'], 'a key on the command line can be seen by others'],
    [['run', '--base-ur', 'http://x'], 'unknown option --base-ur; did you mean "--base-url"?'],
    [['run', '--jobs', 'abc'], '--jobs needs a number'],
    [['run', '--out', 'a', '--out', 'b'], '--out is given more than once'],
    [['run', '--ignore-env', '--fault', 'no-done', '--fault', 'nope'], 'there is no fault "nope"'],
    [['list', '--profile', 'nope'], 'there is no profile "nope"'],
    [['run', '--render', 'foo'], '--render foo is none of'],
    [['run', '--profile', 'foo'], 'there is no profile "foo"'],
    [['run', 'chat-strem'], 'did you mean "chat-stream"?'],
    [['run', '--model', 'x'], 'no base URL'],
    [['run', './nope.yaml'], './nope.yaml:1:1  no such file'],
    [['explain', 'stream.done-sentinal'], 'did you mean "stream.done-sentinel"?'],
    [['judge', 'nope.jsonl'], 'no such file'],
    [['serve', '--fault', 'no-don'], 'did you mean "no-done"?'],
    [['serve', '--dialect', 'olama'], 'did you mean "ollama"?'],
    [['frobnicate'], 'wirecheck --help'],
    [['judg', 'x'], 'there is no command "judg"; did you mean "judge"?'],
    [['list', '--fault'], 'unknown option --fault; did you mean "--faults"?'],
    [['matrix'], 'a word is missing: wirecheck matrix <report..>'],
    [['serve', '--port', '99999'], '--port needs a whole number from 0, which is any free port, to 65535'],
    [['proxy', '--upstream', 'http://x/v1', '--port', '80.5'], '--port needs a whole number'],
  ])('%j', async (words, message) => {
    const { code, err, out } = await cli(words)
    expect([code, err, out]).toEqual([2, expect.stringContaining(message), ''])
  })

  test('a key with a line break is used without it, and that is said', async () => {
    const { code, err } = await cli(
      ['run', 'models', '--base-url', reference.url, '--model', 'reference', '--api-key-env', 'CLI_KEY', '-q', '--out', 'newline'],
      { CLI_KEY: `${key}\n` },
    )
    expect([code, err]).toEqual([0, expect.stringContaining('white space or a line break around it')])
  })
})

describe('transcripts', () => {
  test('cut, foreign or of another format: one sentence', async () => {
    const whole = readFileSync(join(folder, 'embedded/transcript.jsonl'), 'utf8')
    const cut = write('cut.jsonl', whole.slice(0, whole.length - 500))
    const { code, err } = await cli(['judge', cut])
    expect([code, err]).toEqual([2, expect.stringMatching(/^wirecheck: cut\.jsonl(:\d+:1)? (has no footer|is not a JSON record)/)])
    expect((await cli(['judge', cut, '--partial'])).out).toContain('interrupted')
    expect((await cli(['judge', write('other.jsonl', '{"kind":"header","format":2}\n')])).err).toBe(
      'wirecheck: other.jsonl has format 2; this version reads format 1\n',
    )
    expect((await cli(['judge', write('text.jsonl', 'hello\n')])).err).toBe(
      'wirecheck: text.jsonl is no transcript: its first line is no header\n',
    )
    mkdirSync(join(folder, 'a-folder'))
    expect((await cli(['judge', 'a-folder'])).err).toBe('wirecheck: a-folder is a folder: name the transcript in it\n')
  })
})

describe('the surroundings', () => {
  test('a folder that cannot be written: a message, and nothing is tested', async () => {
    write('occupied', 'a file')
    const { code, err } = await cli(['run', '--ignore-env', '--out', 'occupied', '-q'])
    expect([code, err]).toEqual([2, expect.stringMatching(/EEXIST|ENOTDIR/)])
  })

  test('a current folder that is gone: one line', () => {
    const gone = join(folder, 'gone')
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', `mkdir "${gone}" && cd "${gone}" && rmdir "${gone}" && "${process.execPath}" "${bin}" list`],
      {
        env: environment,
        encoding: 'utf8',
      },
    )
    expect([status, stderr]).toEqual([2, 'wirecheck: the current folder is not there any more; go to one that is, and try again\n'])
  })

  test('a port in use: said by serve and by proxy', async () => {
    const port = String(reference.port)
    const message = `port ${port} is in use; choose another with --port, or leave it out`
    expect(await cli(['serve', '--port', port])).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) })
    const second = await cli(['proxy', '--upstream', reference.url, '--port', port, '--transcript', 'second.jsonl'])
    expect(second).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) })
    expect(existsSync(join(folder, 'second.jsonl'))).toBe(false)
  })

  test('a reader that goes away ends it quietly', () => {
    const { stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${bin}" list | head -1`], {
      cwd: folder,
      env: environment,
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
  })

  test('SIGINT: what was seen is reported, exit 130', async () => {
    const slow = await startReference({ key, latencyMs: 400 })
    const child = spawn(
      process.execPath,
      [bin, 'run', '--base-url', slow.url, '--model', 'reference', '--api-key-env', 'CLI_KEY', '--out', 'interrupted'],
      { cwd: folder, env: environment },
    )
    let out = ''
    child.stdout.on('data', (data: Buffer) => (out += data.toString()))
    child.stderr.on('data', (data: Buffer) => {
      if (/^\s+1\/\d+/m.test(data.toString())) child.kill('SIGINT')
    })
    const code = await new Promise((resolve) => child.on('close', resolve))
    await slow.close()
    expect(code).toBe(130)
    expect(out).toContain('written interrupted/transcript.jsonl')
    expect((await cli(['judge', 'interrupted/transcript.jsonl'])).out).toContain('skipped')
  })

  test('what an endpoint says never reaches the terminal raw', async () => {
    const evil = '\u001B[31mred\u001B[0m\u0007'
    const url = await listen((request, response) => {
      request.resume()
      response
        .writeHead(400, { 'content-type': 'application/json' })
        .end(JSON.stringify({ error: { message: evil, type: evil, code: evil, param: null } }))
    })
    const { out, err } = await cli(['run', '--base-url', `${url}/v1`, '--model', 'm', '-q', '--out', 'evil'])
    expect(out + err).not.toContain('\u001B[31m')
    expect(out + err).not.toContain('\u0007')
  })
})
