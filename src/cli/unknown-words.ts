import { suggest } from '../suite/suggest.ts'
import { helpOf } from './parser.ts'

/**
 * What is wrong with the words, with the one that was meant: yargs names an unknown option in both its spellings, calls
 * a command an argument, and counts arguments that it could name.
 */
export const unknownWords = async (message: string, words: readonly string[], commands: readonly string[]): Promise<string> => {
  const [first = ''] = words
  const isCommand = commands.includes(first)
  if (!isCommand && first !== '' && !first.startsWith('-')) return `there is no command "${first}"${suggest(first, commands)}`
  // the help of the command names what it knows
  const help = async () => helpOf(isCommand ? first : '')
  if (isCommand && message.startsWith('Not enough non-option arguments')) return `a word is missing: ${(await help()).split('\n')[0] ?? ''}`
  const unknown = /^Unknown arguments?: (.*)$/.exec(message)?.[1]?.split(', ') ?? []
  const given = unknown.filter((name) => words.some((word) => word.startsWith('-') && word.replace(/^--?/, '').split('=')[0] === name))
  if (given.length === 0) return unknown[0] === undefined ? message : `"${unknown[0]}" is a word too many`
  const known = [...(await help()).matchAll(/(?<=\s)--([a-z][a-z-]*)/g)].map(([, name]) => name as string)
  return given.map((name) => `unknown option --${name}${suggest(name, known).replace('"', '"--')}`).join('\n')
}
