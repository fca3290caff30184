import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Where a key is found; the key itself never stands in a file or on a command line of ours. */
export type KeySource = { readonly env: string } | { readonly file: string } | { readonly command: readonly string[] }

/** The key cannot be used; the message never contains it. */
export class KeyError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'KeyError'
  }
}

export interface Key {
  readonly value: string
  /** What was changed about it, to be said before the first request. */
  readonly notes: readonly string[]
}

type Environment = Readonly<Record<string, string | undefined>>

/** @throws KeyError when there is none, or when it can be no key */
export const readKey = (source: KeySource, environment: Environment): Key => {
  const { text, from } = fetchKey(source, environment)
  const notes: string[] = []
  let value = text.trim()
  if (value !== text) notes.push(`the key from ${from} had white space or a line break around it, which was left out`)
  if (/^bearer\s+/i.test(value)) {
    value = value.replace(/^bearer\s+/i, '')
    notes.push(`the key from ${from} started with "Bearer", which was left out`)
  }
  if (value === '') throw new KeyError(`${from} holds no key`)
  // RFC 9110 section 5.5: what stands outside the visible ASCII characters cannot be sent in a header
  const bad = [...value].findIndex((char) => char < '!' || char > '~')
  if (bad >= 0) throw new KeyError(`the key from ${from} has a character at position ${bad + 1} that no header can carry`)
  return { value, notes }
}

/**
 * The secret value of a header, from an environment variable. Unlike a key it may hold a scheme and spaces.
 * @throws KeyError
 */
export const readHeader = (variable: string, environment: Environment): string => {
  const value = fromEnvironment(variable, environment).trim()
  if (value === '') throw new KeyError(`${variable} holds no header value`)
  if (/[^\t\x20-\x7e]/.test(value)) throw new KeyError(`the header value from ${variable} has a character that no header can carry`)
  return value
}

const fromEnvironment = (variable: string, environment: Environment): string => {
  // a key that was given where its variable should be named must not be printed
  if (!/^\w+$/.test(variable)) throw new KeyError('an environment variable is to be named, and what was given is no name of one')
  const text = environment[variable]
  if (text === undefined) throw new KeyError(`the environment variable ${variable} is not set`)
  return text
}

const fetchKey = (source: KeySource, environment: Environment): { text: string; from: string } => {
  if ('env' in source) return { text: fromEnvironment(source.env, environment), from: source.env }
  try {
    if ('file' in source) return { text: readFileSync(source.file, 'utf8'), from: source.file }
    const [program = '', ...args] = source.command
    return {
      text: execFileSync(program, args, { encoding: 'utf8', timeout: 30_000, stdio: ['ignore', 'pipe', 'inherit'] }),
      from: `the command ${program}`,
    }
  } catch (error) {
    throw new KeyError(
      `the key cannot be read from ${'file' in source ? source.file : source.command[0]}: ${(error as Error).message.split('\n')[0]}`,
    )
  }
}
