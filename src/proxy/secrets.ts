import { isCredentialName } from '../target/target.ts'
import type { Headers } from '../types.ts'

/** Keys that were seen lately are looked for in other exchanges too; more than this no session uses. */
const most = 64

/** Shorter values would hit innocent words; the headers themselves are replaced whatever their length. */
const shortest = 8

/** Remembers the credentials that pass through, because nobody tells the proxy what they are. */
export interface Secrets {
  /** Takes in what a request carries. */
  readonly learn: (headers: Headers, target: string) => void
  /** All that is known. The same array as long as nothing new was learnt: its forms are computed once. */
  readonly known: () => readonly string[]
}

export const createSecrets = (given: readonly string[]): Secrets => {
  let seen: readonly string[] = []
  let all = [...given]
  const add = (value: string) => {
    if (value.length < shortest || all.includes(value)) return
    seen = [...seen, value].slice(-most)
    all = [...given, ...seen]
  }
  return {
    known: () => all,
    learn: (headers, target) => {
      for (const [name, value] of headers) for (const secret of secretsOf(name.toLowerCase(), value)) add(secret)
      const query = target.indexOf('?')
      if (query < 0) return
      for (const [name, value] of new URLSearchParams(target.slice(query))) if (isCredentialName(name)) add(value)
    },
  }
}

/** The secret parts of a header's value: the key behind its scheme, the parts of Basic, each cookie. */
const secretsOf = (name: string, value: string): readonly string[] => {
  if (name === 'cookie' || name === 'set-cookie') return value.split(';').map((pair) => pair.slice(pair.indexOf('=') + 1).trim())
  if (name === 'authorization' || name === 'proxy-authorization') {
    const [, scheme = '', key = ''] = /^\s*(\S+)\s*(.*?)\s*$/.exec(value) ?? []
    if (key === '') return [scheme]
    if (scheme.toLowerCase() !== 'basic') return [key]
    const user = Buffer.from(key, 'base64').toString('utf8')
    return [key, user, ...user.split(':')]
  }
  return isCredentialName(name) ? [value.trim()] : []
}
