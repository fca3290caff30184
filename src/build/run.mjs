// Runs a TypeScript script of this folder on Node 20, which does not strip types: bundled first, then imported.
import { mkdirSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'

const [name, ...args] = process.argv.slice(2)
const root = fileURLToPath(new URL('../../', import.meta.url))
const input = `${root}src/build/${name}.ts`
const file = `${root}node_modules/.cache/wirecheck/${name}.mjs`
mkdirSync(`${root}node_modules/.cache/wirecheck`, { recursive: true })

const bundle = await rolldown({
  input,
  platform: 'node',
  external: (id) => !/^[./]|^file:/.test(id),
  // the scripts find the repository from their own place, which bundling moves
  transform: {
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(input).href), 'import.meta.dirname': JSON.stringify(`${root}src/build`) },
  },
  logLevel: 'warn',
})
await bundle.write({ file, format: 'esm', codeSplitting: false })
process.argv = [process.argv[0], input, ...args]
await import(pathToFileURL(file).href)
