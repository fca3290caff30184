import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const src = join(import.meta.dirname, '..')

/** Only the names of the clients may be had without loading their code: it is megabytes, and most runs need none of it. */
test('nothing outside imports a client but when it is asked for', () => {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && !/^(?:clients|testing|build|laboratory)\/|\.test\.ts$/.test(name))
  const fixed = files.flatMap((file) =>
    [...readFileSync(join(src, file), 'utf8').matchAll(/^(?:import|export)\b(?! type)[^'\n]* from '([^'\n]*\/clients\/[^'\n]*)'/gm)].map(
      ([, from]) => `${file} -> ${from}`,
    ),
  )
  expect(fixed.filter((line) => !line.endsWith('/client-ids.ts') && !line.endsWith('report/build.ts -> ./clients.ts'))).toEqual([])
})

test('each package is loaded by a file of its own', () => {
  const profiles = readFileSync(join(src, 'clients/profiles.ts'), 'utf8')
  expect(profiles).not.toMatch(/^import [^'\n]*'\.\/(?:ai-sdk|openai|opencode-1)/m)
})
