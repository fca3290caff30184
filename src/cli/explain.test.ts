import { expect, test } from 'vitest'
import { loadFailures } from '../builtin/failures.ts'
import { loadBuiltins } from '../builtin/load.ts'
import { faults } from '../reference/faults.ts'
import { stringWidth } from '../render/width.ts'
import { explain } from './commands/explain.ts'
import { field } from './explain-lines.ts'
import { requirementLines } from './explain-requirement.ts'
import { paletteOf } from './terminal.ts'

const { suites } = loadBuiltins()
const requirements = suites.flatMap((suite) => suite.requirements)
const context = { probes: suites.flatMap((suite) => suite.probes), failures: loadFailures(), faults }

const linesOf = (id: string, width: number): string => {
  const requirement = requirements.find((entry) => entry.id === id)
  return requirement ? requirementLines(requirement, { ...context, width }).join('\n') : ''
}

/** What the command prints where the width is not known. */
const explained = async (id: string): Promise<string> => {
  let text = ''
  const out = (more: string): void => {
    text += more
  }
  expect(await explain({ id, report: 'no-report.json' }, { out, err: out, palette: paletteOf(0), width: 100, live: false })).toBe(0)
  return text
}

/** Only words without a space, such as addresses, may be longer than the line. */
const tooLong = (text: string, width: number): string[] =>
  text.split('\n').filter((line) => stringWidth(line) > width && / \S+ \S/.test(line.trim().replace(/^source /, '')))

test('a requirement says what breaks, what looks alike, who reported it and what proves it', () => {
  const text = linesOf('stream.done-sentinel', 120)
  expect(text).toMatch(/^requirement stream\.done-sentinel {3}MUST\n/)
  expect(text).toMatch(/^ {2}broken {6}\S.*late-cli/m)
  expect(text).toMatch(/^ {2}looks alike \S/m)
  expect(text).toMatch(/^ {2}judged {6}on every streamed exchange of POST \/chat\/completions with status 2xx$/m)
  expect(text).toMatch(/^ {2}reported {4}empty-data-terminator: /m)
  expect(text).toMatch(/^ {2}proved {6}by --fault [^\n]*no-done/m)
  expect(text).toMatch(/^ {2}source {6}\S/m)
  expect(text).toMatch(/^ {2}written {5}suites\/chat-stream\.yaml:\d+$/m)
})

test('a requirement that only probes show names them, each mode once', () => {
  const text = linesOf('errors.missing-messages', 80)
  expect(text).toMatch(/^ {2}shown {7}by errors\/missing-messages\b/m)
  expect(text).not.toMatch(/^ {2}judged /m)
  expect(linesOf('stream.switch', 400)).toMatch(/^ {2}shown {7}by (?!.*\[(json|stream)\])/m)
})

test('no requirement runs over the width', () => {
  expect(requirements.flatMap(({ id }) => tooLong(linesOf(id, 60), 60))).toEqual([])
})

test.each(['transport.sse.framing', 'status', 'reasoning-history'])(
  'the command explains %s in 80 columns where none are told',
  async (id) => {
    const text = await explained(id)
    expect(text.split('\n')[0]).toContain(id)
    expect(tooLong(text, 80)).toEqual([])
  },
)

test('a field hangs beside its label', () => {
  expect(field('shown', 'by one, two, three', 22)).toEqual(['  shown     by one,', '            two, three'])
})
