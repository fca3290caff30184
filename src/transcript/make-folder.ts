import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it, one by one: where nothing can be made, as below /proc, Node's own recursive way
 * does not come to an end.
 * @param mode of the folders that are made
 * @throws Error of the file system
 */
export const makeFolder = (folder: string, mode = 0o777): void => {
  if (existsSync(folder)) return
  const above = dirname(folder)
  if (above !== folder) makeFolder(above, mode)
  try {
    mkdirSync(folder, { mode })
  } catch (error) {
    // somebody else may have been quicker
    if (!existsSync(folder)) throw error
  }
}
