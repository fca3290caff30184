import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { makeFolder } from '../transcript/make-folder.ts'
import { CliError } from './exit-code.ts'

/**
 * Writes a file under a temporary name and renames it, so that nothing half-written stands under the final one.
 * Reports quote traffic: mode 0600.
 */
export const writeWhole = (file: string, text: string): void => {
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`)
  try {
    makeFolder(dirname(file))
    writeFileSync(temporary, text, { mode: 0o600 })
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw new CliError(`cannot write ${file}: ${(error as Error).message}`)
  }
}
