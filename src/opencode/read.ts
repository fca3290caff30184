import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import type { ReadResult, World } from './world.ts'

/** No configuration is larger; a device or a log that was named by mistake must not fill the memory. */
const maxBytes = 64 * 1024 * 1024

const words: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links go round in a circle',
}

const read = (file: string): ReadResult => {
  try {
    const bytes = readFileSync(file)
    if (bytes.length > maxBytes) return { kind: 'denied', why: `it has more than ${maxBytes} bytes` }
    return { kind: 'text', text: bytes.toString('utf8').replace(/^\uFEFF/, '') }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' }
    return { kind: 'denied', why: words[code] ?? (error as Error).message }
  }
}

/** This machine, as OpenCode sees it when it is started in a folder. */
export const processWorld = (folder: string | undefined): World => ({
  env: process.env,
  home: process.env.HOME ?? homedir(),
  cwd: resolve(folder ?? '.'),
  platform: process.platform,
  read,
  exists: existsSync,
})
