import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withNumbers } from './build/readme.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'dist/bin.js')
const readme = readFileSync(join(root, 'README.md'), 'utf8')

/** Commands that are shown and not run here, with the reason. */
const notRun: Readonly<Record<string, string>> = {
  'npm ci && npm start': 'installs packages; .ci/run runs it in a fresh clone',
  'npm ci && npm test': 'would start this test again; .ci/run runs it in a fresh clone',
  'npm ci && npm run build && npm pack': 'installs packages and rebuilds what other tests read; .ci/run packs',
  'npm install --global ./wirecheck-0.1.0.tgz': 'changes the machine; .ci/run installs the packed file into a folder',
}

interface Block {
  readonly language: string
  readonly text: string
  /** Named by a comment above the block: the block is this file. */
  readonly file?: string
}

const blocks = [...readme.matchAll(/(?:<!-- file: (\S+) -->\n)?^```(\w+)\n([\s\S]*?)^```$/gm)].map(
  ([, file, language = '', text = '']): Block => ({ language, text, ...(file === undefined ? {} : { file }) }),
)

interface Shown {
  readonly command: string
  readonly exit: number
  readonly output: readonly string[]
}

/** The commands of a block. In `console` blocks they follow `$ `, and what they print stands below. */
const shownIn = ({ language, text }: Block): Shown[] => {
  const lines = text.trimEnd().split('\n')
  if (language === 'yaml')
    return lines.flatMap((line) => /^- run: (wirecheck .*)$/.exec(line)?.[1] ?? []).map((command) => ({ command, exit: 0, output: [] }))
  if (language === 'sh') {
    return lines.map((line) => {
      const [, command = '', exit = '0'] = /^(.*?)\s*(?:# exit code (\d+))?$/.exec(line) ?? []
      return { command, exit: Number(exit), output: [] }
    })
  }
  if (language !== 'console') return []
  const starts = lines.flatMap((line, index) => (line.startsWith('$ ') ? [index] : []))
  const said = starts.map((start, at) => ({ command: (lines[start] as string).slice(2), output: lines.slice(start + 1, starts[at + 1]) }))
  return said.flatMap(({ command, output }, at) => {
    if (command === 'echo $?') return []
    const next = said[at + 1]
    return [{ command, output, exit: next?.command === 'echo $?' ? Number(next.output[0]) : 0 }]
  })
}

const folder = mkdtempSync(join(tmpdir(), 'wirecheck-readme-'))
const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(OPENAI|WIRECHECK)_/.test(name))),
  PATH: `${folder}${delimiter}${process.env.PATH}`,
  NO_COLOR: '1',
  COLUMNS: '100',
  GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
}

let endpoint: { readonly words: string; readonly child: ChildProcess; readonly url: string } | undefined

const stop = (): void => {
  endpoint?.child.kill()
  endpoint = undefined
}

/** The reference endpoint on a free port, bent as the words say; it stays until other words are asked for. */
const serve = async (words: string): Promise<void> => {
  if (endpoint?.words === words) return
  stop()
  const child = spawn(process.execPath, [bin, 'serve', ...words.split(' ').filter(Boolean)], {
    env: environment,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (data: Buffer) => resolve(data.toString('utf8').trim()))
    child.once('exit', (code) => reject(new Error(`wirecheck serve ${words} ended with ${code}`)))
  })
  endpoint = { words, child, url }
}

/** Runs a command in a shell; the endpoint and model of the README are those of the test. */
const execute = (command: string): Promise<{ exit: number; text: string }> => {
  const url = endpoint?.url.replace('127.0.0.1', 'localhost') ?? ''
  const here = command
    .replace(/^npm start --/, 'wirecheck run --ignore-env')
    .replaceAll('http://localhost:8000/v1', url)
    .replaceAll('qwen3', 'reference')
  return new Promise((resolve) => {
    execFile('sh', ['-c', here], { cwd: folder, env: environment, encoding: 'utf8' }, (error, stdout, stderr) => {
      const text = `${stdout}${stderr}`.replaceAll(url || '\0', 'http://localhost:8000/v1')
      resolve({ exit: error === null ? 0 : Number(error.code ?? -1), text })
    })
  })
}

/** Line numbers, token counts and times change without making the picture wrong. */
const steady = (line: string): string => line.replace(/\d[\d.,]*/g, '0').trimEnd()

beforeAll(async () => {
  if (!existsSync(bin))
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  const shim = join(folder, 'wirecheck')
  writeFileSync(shim, `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`)
  chmodSync(shim, 0o755)
  for (const { file, text } of blocks) {
    if (file !== undefined) writeFileSync(join(folder, file), text.replaceAll('qwen3', 'reference'))
  }
})

afterAll(() => {
  stop()
  rmSync(folder, { recursive: true, force: true })
})

// the commands are written for a POSIX shell
describe.skipIf(process.platform === 'win32')('commands of the README', () => {
  for (const [index, block] of blocks.entries()) {
    const shown = shownIn(block).filter(({ command }) => !(command in notRun))
    if (shown.length === 0) continue
    test(`block ${index + 1}: ${shown[0]?.command}`, async () => {
      // steps of a workflow follow the block above them; every other block begins with a sound endpoint
      if (block.language !== 'yaml') await serve('')
      for (const { command, exit, output } of shown) {
        const served = /^wirecheck serve --port 8000 ?(.*) &$/.exec(command)
        if (served) {
          await serve(served[1] as string)
          continue
        }
        useEndpointInFiles()
        const { exit: actual, text } = await execute(command)
        expect(actual, `${command}\n${text}`).toBe(exit)
        const printed = new Set(text.split('\n').map(steady))
        for (const line of output) if (line.trim() !== '…') expect(printed, line).toContain(steady(line))
      }
    })
  }
})

/** The configuration files of the README name their endpoint too. */
const useEndpointInFiles = (): void => {
  for (const { file, text } of blocks) {
    if (file?.startsWith('wirecheck.config') || file === 'opencode.json')
      writeFileSync(join(folder, file), text.replaceAll('http://localhost:8000/v1', endpoint?.url ?? '').replaceAll('qwen3', 'reference'))
  }
}

test('what is not run is shown, and npm start is what the test takes it for', () => {
  const commands = blocks.flatMap(shownIn).map(({ command }) => command)
  expect(Object.keys(notRun).filter((command) => !commands.includes(command))).toEqual([])
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
  expect(scripts.start).toMatch(/ && node dist\/bin\.js run --ignore-env$/)
})

test('the numbers are current: node src/build/run.mjs readme', async () => {
  expect(await withNumbers(readme)).toBe(readme)
})

test('links lead somewhere', () => {
  const links = [...readme.matchAll(/\]\((\.\/[^)#]+)\)/g)].map(([, link = '']) => link)
  expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([])
})
