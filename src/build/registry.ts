import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../checks/', import.meta.url))

const schemaFile = fileURLToPath(new URL('../../schemas/suite.json', import.meta.url))

/** The files that define a check, with their texts: adding one is adding its file. */
const checkFiles = (): readonly { readonly file: string; readonly text: string }[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'index.ts' && name !== 'define-check.ts')
    .sort()
    .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }))
    .filter(({ text }) => /=\s*defineCheck\b/.test(text))

/** The text of `src/checks/index.ts`. */
export const registryText = (): string => {
  const names = checkFiles().map(({ file, text }) => ({ file, name: /export const (\w+)\s*=\s*defineCheck/.exec(text)?.[1] }))
  return `${[
    "import type { AnyCheck } from '../types.ts'",
    ...names.map(({ file, name }) => `import { ${name} } from './${file}'`),
    '',
    '/** Every check by id. Written by `npm run registry` from the files of this folder. */',
    `export const checks: ReadonlyMap<string, AnyCheck> = new Map(\n  [\n${names.map(({ name }) => `    ${name},`).join('\n')}\n  ].map((check: AnyCheck) => [check.id, check]),\n)`,
  ].join('\n')}\n`
}

/** What a check says of itself, read from its file: a new one is in no registry yet. */
const described = (text: string) => {
  const from = text.slice(text.search(/=\s*defineCheck\b/))
  const summary = /\n {2}summary:\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/.exec(from)
  return {
    id: /\bid: '([^']+)'/.exec(from)?.[1] ?? '',
    summary: (summary?.[1] ?? summary?.[2] ?? '').replace(/\\(['"\\])/g, '$1'),
    takesArgument: /^ {2}args\b/m.test(from),
  }
}

/**
 * The text of `schemas/suite.json` with the checks that there are, so that editors complete them. They are offered, not
 * required: `lint` says of a name that is none which one was meant.
 */
export const suiteSchemaText = (): string => {
  const checks = checkFiles()
    .map(({ text }) => described(text))
    .sort((one, other) => (one.id < other.id ? -1 : 1))
  const withArgument = checks.filter(({ takesArgument }) => takesArgument)
  const definition = [
    '    "check": {',
    '      "description": "Written by `npm run registry`: the ids of all checks, and those that take an argument.",',
    '      "enum": [',
    checks.map(({ id }) => `        ${JSON.stringify(id)}`).join(',\n'),
    '      ],',
    '      "properties": {',
    withArgument
      .map(({ id, summary }) => `        ${JSON.stringify(id)}: {\n          "description": ${JSON.stringify(summary)}\n        }`)
      .join(',\n'),
    '      }',
    '    },',
    '',
  ].join('\n')
  return readFileSync(schemaFile, 'utf8').replace(/^ {4}"check": \{\n[\s\S]*?^ {4}\},\n|(?<=^ {2}"\$defs": \{\n)/m, () => definition)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(folder, 'index.ts'), registryText())
  writeFileSync(schemaFile, suiteSchemaText())
}
