import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { notices } from './notices.ts'
import { helpModule, precompiledModules } from './precompile.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const generated = join(root, 'node_modules/.cache/wirecheck/generated')
const dist = join(root, 'dist')

/** Modules of the sources that stand for work done here. */
const replaced: Readonly<Record<string, string>> = {
  'src/builtin/load.ts': 'builtins.mjs',
  'src/builtin/failures.ts': 'failures.mjs',
  'src/cli/help-texts.ts': 'help-texts.mjs',
}

const build = async (): Promise<void> => {
  rmSync(dist, { recursive: true, force: true })
  mkdirSync(generated, { recursive: true })
  for (const [name, text] of Object.entries({ ...precompiledModules(), 'help-texts.mjs': await helpModule() }))
    writeFileSync(join(generated, name), text)
  const bundle = await rolldown({
    input: { bin: join(root, 'src/cli/bin.ts'), index: join(root, 'src/index.ts') },
    platform: 'node',
    logLevel: 'warn',
    // its main file is UMD, whose requires no bundler sees
    resolve: { alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' } },
    plugins: [
      {
        name: 'precompiled',
        resolveId: {
          async handler(source, importer) {
            const found = importer && source.startsWith('.') ? await this.resolve(source, importer, { skipSelf: true }) : null
            const name = found && replaced[found.id.slice(root.length)]
            return name ? join(generated, name) : null
          },
        },
      },
    ],
  })
  const { output } = await bundle.write({
    dir: dist,
    format: 'esm',
    chunkFileNames: 'chunks/[name]-[hash].js',
    entryFileNames: '[name].js',
    minify: false,
  })
  chmodSync(join(dist, 'bin.js'), 0o755)
  writeFileSync(join(dist, 'THIRD_PARTY_NOTICES'), notices(output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []))))
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'src/build/tsconfig.types.json')], {
    stdio: 'inherit',
  })
}

await build()
