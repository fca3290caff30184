import { parse } from 'jsonc-parser'
import { createRules, lint } from '../opencode/lint.ts'
import { applyPatch } from '../opencode/merge.ts'
import type { Fix, Problem } from '../opencode/rule.ts'
import { readSettings } from '../opencode/settings.ts'
import type { World } from '../opencode/world.ts'

export interface WorldInput {
  /** Text, or JSON that is written as it would be by hand. */
  readonly files?: Readonly<Record<string, unknown>>
  /** Files that cannot be read. */
  readonly denied?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly platform?: string
}

export const project = '/code/app/opencode.json'
export const globalFile = '/users/ann/.config/opencode/opencode.json'

/** A machine that exists in memory only, with a repository in /code/app. */
export const worldOf = ({ files = {}, denied = [], env = {}, cwd = '/code/app', platform = 'linux' }: WorldInput): World => {
  const texts = new Map(
    Object.entries(files).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value, null, 2)]),
  )
  return {
    env,
    home: '/users/ann',
    cwd,
    platform,
    read: (file) => {
      if (denied.includes(file)) return { kind: 'denied', why: 'permission denied' }
      const text = texts.get(file)
      return text === undefined ? { kind: 'missing' } : { kind: 'text', text }
    },
    exists: (path) => path === '/code/app/.git' || texts.has(path),
  }
}

export const lintWorld = (world: World): readonly Problem[] => lint(readSettings(world), createRules(world))

/** A project file with one provider. */
export const withProvider = (provider: Record<string, unknown>, rest: Record<string, unknown> = {}): Record<string, unknown> => ({
  provider: {
    acme: { options: { baseURL: 'http://127.0.0.1:8000/v1', apiKey: '{env:ACME_KEY}' }, models: { 'qwen3-8b': good }, ...provider },
  },
  ...rest,
})

/** A model about which nothing can be said. */
export const good = { limit: { context: 131_072, output: 8192 } }

/** The same machine after somebody pasted a patch, or ran the command of an export. */
export const applyFix = (input: WorldInput, fix: Fix | undefined, values: Readonly<Record<string, string>> = {}): WorldInput => {
  if (fix?.kind !== 'config') return { ...input, env: { ...input.env, ...values } }
  const before = input.files?.[fix.file] ?? {}
  const value: unknown = typeof before === 'string' ? parse(before) : before
  return { ...input, files: { ...input.files, [fix.file]: applyPatch(value, fix.patch) }, env: { ...input.env, ...values } }
}
