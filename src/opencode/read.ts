import { closeSync, constants, existsSync, openSync, readSync, type Stats, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import type { ReadResult, World } from './world.ts'

/** No configuration is larger; a log that was named by mistake must not fill the memory. */
const maxBytes = 64 * 1024 * 1024

const words: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links go round in a circle',
  ENAMETOOLONG: 'its name is too long',
}

/** Reads to the end or to the limit: a file of the system has no size that could be asked for. */
const readBytes = (descriptor: number): Buffer | undefined => {
  const parts: Buffer[] = []
  let size = 0
  for (;;) {
    const part = Buffer.allocUnsafe(1024 * 1024)
    const got = readSync(descriptor, part)
    if (got === 0) return Buffer.concat(parts)
    size += got
    if (size > maxBytes) return undefined
    parts.push(part.subarray(0, got))
  }
}

/** OpenCode reads every file as UTF-8; Windows writes UTF-16 where nobody asked for it. */
const decode = (bytes: Buffer): ReadResult => {
  const [first, second] = bytes
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  // without a mark, every other byte of plain text is zero
  if (marked || (second !== undefined && (first === 0) !== (second === 0)))
    return {
      kind: 'denied',
      why: 'it is written in UTF-16, and must be in UTF-8',
      does: 'OpenCode takes its bytes for UTF-8, which gives a key that nobody knows.',
    }
  return { kind: 'text', text: bytes.toString('utf8').replace(/^\uFEFF/, '') }
}

/** What may go on for ever, or wait for ever for somebody who writes: to open it would be too late. */
const notAFile = (stats: Stats): string | undefined => {
  if (stats.isCharacterDevice() || stats.isBlockDevice()) return 'device'
  if (stats.isFIFO()) return 'pipe'
  return stats.isSocket() ? 'socket' : undefined
}

const read = (file: string): ReadResult => {
  let descriptor: number | undefined
  try {
    const other = file === '/dev/null' ? undefined : notAFile(statSync(file))
    if (other !== undefined) return { kind: 'denied', why: `it is a ${other}` }
    // what became a pipe in between must not wait either; Windows has no such flag
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const bytes = readBytes(descriptor)
    return bytes === undefined ? { kind: 'denied', why: `it has more than ${maxBytes} bytes` } : decode(bytes)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' }
    return { kind: 'denied', why: words[code] ?? (error as Error).message }
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
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
