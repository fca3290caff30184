import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const src = import.meta.dirname

/** Which folders a folder may import, besides itself. Files at the top of `src` may import everything. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  sse: ['types'],
  schema: ['types', 'endpoint'],
  checks: ['types', 'schema'],
  transcript: ['types', 'coding', 'sse'],
  observe: ['types', 'checks'],
  judge: ['types', 'endpoint', 'transcript'],
  report: ['types'],
  clients: ['types', 'coding', 'schema', 'transcript', 'checks'],
  render: ['types', 'report'],
  suite: ['types', 'schema'],
  target: ['types'],
  plan: ['types'],
  transport: ['types', 'coding', 'target'],
  record: ['types', 'plan', 'target', 'transport', 'transcript', 'judge'],
  reference: ['types'],
  proxy: ['types', 'target', 'transport', 'transcript'],
  builtin: ['types', 'schema', 'suite'],
  // it reads a client's configuration, asks its endpoint and lets the harness test it: the library is used as from outside
  opencode: ['types', 'version', 'index', 'suite', 'target', 'transport', 'transcript', 'record', 'render', 'clients'],
}
const everything = ['cli', 'build', 'laboratory', 'testing', '.']

/** Folders that may touch the world; all others are pure. */
const impure =
  /^(cli|build|laboratory|builtin|target|transport|record|reference|proxy)\/|^suite\/load\.ts$|^opencode\/read\.ts$|^transcript\/(read|read-exchange|write|make-folder)\.ts$|^(index|version)\.ts$/
/** The table of reason phrases is all that a pure folder may take from `node:http`. */
const phrases = "import { STATUS_CODES } from 'node:http'"
const world = /from 'node:(fs|net|http|https|child_process|os|timers)|\bprocess\.|\bDate\.now|\bnew Date\b|\bMath\.random/

/** Packages have one home each. */
const homes: Readonly<Record<string, RegExp>> = {
  yaml: /^suite\//,
  undici: /^(transport|proxy)\//,
  'eventsource-parser': /^sse\//,
  ajv: /^(schema|suite|build)\//,
  yargs: /^cli\//,
  chalk: /^cli\//,
  'jsonc-parser': /^opencode\//,
  'ai-6': /^clients\//,
  'ai-7': /^clients\//,
  'ai-sdk-openai-3': /^clients\//,
  'ai-sdk-openai-4': /^clients\//,
  'ai-sdk-openai-compatible-2': /^clients\//,
  'ai-sdk-openai-compatible-3': /^clients\//,
  openai: /^clients\//,
  rolldown: /^build\//,
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .sort()

const folderOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] as string) : '.')
const textOf = (file: string): string => readFileSync(join(src, file), 'utf8')
const importsOf = (file: string): string[] =>
  [...textOf(file).matchAll(/^(?:import|export)\b(?:[^'"`;=]*\bfrom)? '([^'\n]+)'|\bimport\('([^'\n]+)'\)/gm)].map(
    ([, fixed, lazy]) => (fixed ?? lazy) as string,
  )

test('folders import only what the table allows', () => {
  const wrong = files.flatMap((file) => {
    const folder = folderOf(file)
    if (everything.includes(folder)) return []
    return importsOf(file)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => relative(src, resolve(dirname(join(src, file)), specifier)).replaceAll('\\', '/'))
      .filter((target) => {
        const to = folderOf(target) === '.' ? target.replace('.ts', '') : folderOf(target)
        return to !== folder && !(mayImport[folder] ?? []).includes(to)
      })
      .map((target) => `${file} -> ${target}`)
  })
  expect(wrong).toEqual([])
})

test('every folder has a rule', () => {
  expect([...new Set(files.map(folderOf))].filter((folder) => !everything.includes(folder) && !(folder in mayImport))).toEqual([])
})

test('nothing imports the build', () => {
  expect(
    files.filter(
      (file) =>
        folderOf(file) !== 'build' && importsOf(file).some((specifier) => /\/build\/(?!ts)/.test(specifier) && !file.startsWith('suite/')),
    ),
  ).toEqual([])
})

test('pure folders do not touch the world', () => {
  const isTestHelp = (file: string) => file.startsWith('testing/')
  expect(
    files.filter(
      (file) =>
        !impure.test(file) &&
        !isTestHelp(file) &&
        world.test(
          textOf(file)
            .replace(phrases, '')
            .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ''),
        ),
    ),
  ).toEqual([])
})

test('packages have one home', () => {
  const shipped = files.filter((file) => !/^(testing|laboratory|build\/bench)/.test(file))
  const wrong = shipped.flatMap((file) =>
    importsOf(file)
      .filter((specifier) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
      .filter((specifier) => {
        const name = specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : (specifier.split('/')[0] as string)
        return !homes[name]?.test(file)
      })
      .map((specifier) => `${file} -> ${specifier}`),
  )
  expect(wrong).toEqual([])
})

test('files are kebab-case', () => {
  expect(files.filter((file) => !/^[a-z0-9/-]+\.ts$/.test(file))).toEqual([])
})

/** Data and registries may be long; everything else over 200 lines gives its reason here. */
const long: Readonly<Record<string, string>> = {
  'types.ts': 'the nouns of the whole project, without logic',
  'testing/report.ts': 'one sample report, written out',
  'testing/client-rows.ts': 'the contract of a client, row by row',
  'testing/client-rows-responses.ts': 'the same for another API',
}

test('long files have a reason', () => {
  const found = files.filter(
    (file) => textOf(file).split('\n').length > 200 && !/^(reference\/faults|testing\/foreign)|^checks\/index\.ts$/.test(file),
  )
  expect(found.filter((file) => !(file in long))).toEqual([])
})
