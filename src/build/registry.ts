import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../checks/', import.meta.url))

/** The text of `src/checks/index.ts`, made from the files that define a check: adding one is adding its file. */
export const registryText = (): string => {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'index.ts' && name !== 'define-check.ts')
    .filter((name) => /=\s*defineCheck\b/.test(readFileSync(join(folder, name), 'utf8')))
    .sort()
  const names = files.map((file) => ({
    file,
    name: /export const (\w+)\s*=\s*defineCheck/.exec(readFileSync(join(folder, file), 'utf8'))?.[1],
  }))
  return `${[
    "import type { AnyCheck } from '../types.ts'",
    ...names.map(({ file, name }) => `import { ${name} } from './${file}'`),
    '',
    '/** Every check by id. Written by `npm run registry` from the files of this folder. */',
    `export const checks: ReadonlyMap<string, AnyCheck> = new Map(\n  [\n${names.map(({ name }) => `    ${name},`).join('\n')}\n  ].map((check: AnyCheck) => [check.id, check]),\n)`,
  ].join('\n')}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(join(folder, 'index.ts'), registryText())
