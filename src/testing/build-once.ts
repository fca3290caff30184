import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** Tests of the command run the built one. */
export const setup = (): void => {
  const root = join(import.meta.dirname, '../..')
  execFileSync(process.execPath, [join(root, 'src/build/run.mjs'), 'build'], { cwd: root, stdio: 'inherit' })
}
