import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makeFolder } from './make-folder.ts'

const root = mkdtempSync(join(tmpdir(), 'wirecheck-folder-'))
afterAll(() => rmSync(root, { recursive: true }))

test('folders are made one below the other, with the mode asked for', () => {
  const folder = join(root, 'a/b/c')
  makeFolder(folder, 0o700)
  makeFolder(folder)
  expect(existsSync(folder)).toBe(true)
  if (process.platform !== 'win32') expect(statSync(folder).mode & 0o777).toBe(0o700)
})

test('where a file is in the way there is an error, and an end', () => {
  writeFileSync(join(root, 'file'), '')
  expect(() => makeFolder(join(root, 'file/below/it'))).toThrow(/ENOTDIR|ENOENT/)
})

test.runIf(process.platform === 'linux')('below /proc too', () => expect(() => makeFolder('/proc/wirecheck/x')).toThrow('ENOENT'))
