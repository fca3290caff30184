import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { repeatsOf, startLabEndpoint } from './endpoint.ts'
import { installProgram, isInstalled } from './install-program.ts'
import type { Program } from './programs.ts'
import { askProgram, runProgram } from './run-program.ts'

const root = mkdtempSync(join(tmpdir(), 'wirecheck-program-'))
const work = join(root, 'work')
mkdirSync(work)
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** A program that was installed by hand: a script that Node runs. */
const scripted = (script: string): Program => {
  const bin = join(root, 'node_modules/.bin')
  mkdirSync(bin, { recursive: true })
  mkdirSync(join(root, 'node_modules/scripted'), { recursive: true })
  writeFileSync(join(root, 'node_modules/scripted/package.json'), '{ "version": "1.2.3" }')
  writeFileSync(join(bin, 'scripted'), `#!/usr/bin/env node\n${script}`)
  chmodSync(join(bin, 'scripted'), 0o755)
  return {
    name: 'Scripted',
    package: 'scripted@1.2.3',
    binary: 'scripted',
    apis: ['chat'],
    prompt: 'Please use the bash tool once.',
    files: ({ url }) => ({ 'deep/settings.json': JSON.stringify({ url }) }),
    env: ({ model }) => ({ MODEL: model }),
    args: (_, prompt) => [prompt],
    read: (stdout) => ({ text: stdout, toolsDone: 0, toolsFailed: 0 }),
  }
}

const chosen = { fault: '', api: 'chat', model: 'reference' } as const

test('a turn has a home with its files, its settings and nothing of ours; afterwards it is gone', async () => {
  const program = scripted(`
    const { readFileSync } = require('node:fs')
    const { HOME, MODEL, VITEST } = process.env
    console.log(JSON.parse(readFileSync(HOME + '/deep/settings.json', 'utf8')).url, MODEL, VITEST, process.argv[2])
  `)
  const endpoint = await startLabEndpoint([])
  const { stdout, code, timedOut } = await runProgram(root, program, chosen, endpoint, work)
  await endpoint.close()
  expect(stdout.trim()).toBe(`${endpoint.url} reference undefined ${program.prompt}`)
  expect({ code, timedOut }).toEqual({ code: 0, timedOut: false })
  expect(readdirSync(work)).toEqual([])
})

test('what a program leaves behind is ended', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const gone = new Promise((resolve) => server.once('connection', (socket) => socket.on('error', resolve).on('close', resolve)))
  const { port } = server.address() as AddressInfo
  const program = scripted(`
    const { spawn } = require('node:child_process')
    const script = "require('node:net').connect(${port}, '127.0.0.1', () => console.log('up'))"
    spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] }).stdout.once('data', () => process.exit())
  `)
  const endpoint = await startLabEndpoint([])
  const { code } = await runProgram(root, program, chosen, endpoint, work)
  await endpoint.close()
  expect(code).toBe(0)
  // its connection ends with it
  await gone
  server.close()
})

test('a program that asks without end is ended, and named a loop', async () => {
  const program = scripted(`
    const { readFileSync } = require('node:fs')
    const { url } = JSON.parse(readFileSync(process.env.HOME + '/deep/settings.json', 'utf8'))
    const ask = (count) => fetch(url + '/chat/completions', { method: 'POST', body: '{"count":' + count + '}' }).then(() => ask(count + 1))
    ask(0)
  `)
  const endpoint = await startLabEndpoint([], ['reference'], 5)
  const observed = await askProgram(root, program, chosen, endpoint, work)
  await endpoint.close()
  expect(observed).toMatchObject({ shape: 'loops', requests: 5 })
})

test('another version is not the one that is wanted, and what cannot be installed says why', () => {
  const program = scripted('')
  expect(isInstalled(root, program)).toBe(true)
  expect(isInstalled(root, { ...program, package: 'scripted@1.2.4' })).toBe(false)
  const reason = installProgram(join(root, 'other'), { ...program, package: 'file:./nowhere@1.0.0' })
  expect(reason).toBe('it cannot be installed (ENOENT)')
})

test('the same request in another order of members is the same', async () => {
  const endpoint = await startLabEndpoint([])
  const bodies = ['{"a":{"b":1,"c":[2]},"d":3}', '{"d":3,"a":{"c":[2],"b":1}}', '{"d":3,"a":{"c":[2],"b":2}}', 'no JSON', 'no JSON']
  for (const body of bodies) await (await fetch(`${endpoint.url}/responses`, { method: 'POST', body })).text()
  await (await fetch(`${endpoint.url}/chat/completions`, { method: 'POST', body: 'no JSON' })).text()
  await endpoint.close()
  expect(endpoint.requested).toHaveLength(6)
  expect(repeatsOf(endpoint)).toBe(2)
})
