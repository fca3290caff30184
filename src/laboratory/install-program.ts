import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Program } from './programs.ts'

const nameAndVersion = (program: Program): readonly [name: string, version: string] => {
  const at = program.package.lastIndexOf('@')
  return [program.package.slice(0, at), program.package.slice(at + 1)]
}

export const versionOf = (program: Program): string => nameAndVersion(program)[1]

export const binaryOf = (folder: string, program: Program): string => join(folder, 'node_modules/.bin', program.binary)

/** Whether exactly this version is there. */
export const isInstalled = (folder: string, program: Program): boolean => {
  const [name, version] = nameAndVersion(program)
  try {
    return JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version === version
  } catch {
    return false
  }
}

/** Installs a program, once, in a folder of its own. @returns why not, if so */
export const installProgram = (folder: string, program: Program): string | undefined => {
  try {
    if (!isInstalled(folder, program)) {
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
      const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1']
      execFileSync('npm', ['install', ...flags, '--prefix', folder, program.package], { cwd: folder, timeout: 300_000, stdio: 'pipe' })
    }
    return isInstalled(folder, program) ? undefined : `${program.package} is not what was installed`
  } catch (error) {
    // the words of npm name folders of this machine, which are nobody's business
    const code = /npm error code (\w+)/.exec(String((error as { stderr?: unknown }).stderr))?.[1] ?? (error as { code?: unknown }).code
    return `it cannot be installed (${code ?? 'for an unknown reason'})`
  }
}
