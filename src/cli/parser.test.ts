import { expect, test } from 'vitest'
import { helpOf } from './parser.ts'
import { unknownWords } from './unknown-words.ts'

const commands = ['run', 'judge', 'list', 'explain', 'matrix', 'lint', 'serve', 'proxy', 'scrub', 'diagnose']

test.each(['', ...commands])('the help of "%s" fits 80 columns, and its examples can be copied', async (command) => {
  const help = await helpOf(command)
  expect(help.split('\n').filter((line) => line.length > 80)).toEqual([])
  const shown = help
    .slice(help.indexOf('\nExamples:\n') + 11)
    .split('\n')
    .filter((line) => line.trim() !== '')
  expect(shown.length).toBeGreaterThan(0)
  expect(shown.filter((line) => !line.startsWith(`  wirecheck ${command}`))).toEqual([])
})

test.each([
  ['Unknown arguments: prt', ['serve', '--prt', '1'], 'unknown option --prt; did you mean "--port"?'],
  ['Unknown arguments: tokens-per-secnd, tokensPerSecnd', ['serve', '--tokens-per-secnd=1'], 'did you mean "--tokens-per-second"?'],
  ['Unknown argument: fault', ['list', '--fault'], 'did you mean "--faults"?'],
  // what another command knows is no help here
  ['Unknown argument: upstrea', ['lint', '--upstrea'], /^unknown option --upstrea$/],
  ['Unknown argument: extra', ['serve', 'extra'], '"extra" is a word too many'],
  ['Unknown argument: judg', ['judg'], 'there is no command "judg"; did you mean "judge"?'],
  ['Not enough non-option arguments: got 0, need at least 1', ['matrix'], 'a word is missing: wirecheck matrix <report..>'],
  ['--port needs a whole number', ['serve', '--port', 'x'], /^--port needs a whole number$/],
])('%s, in words: %j', async (message, words, said) => {
  expect(await unknownWords(message, words, commands)).toMatch(said)
})
