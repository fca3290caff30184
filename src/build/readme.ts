import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { list } from '../cli/commands/list.ts'
import { paletteOf } from '../cli/terminal.ts'
import { load, plan } from '../index.ts'
import { budget } from '../plan/budget.ts'

const file = fileURLToPath(new URL('../../README.md', import.meta.url))

const number = (value: number): string => value.toLocaleString('en')
const range = ({ least, most }: { readonly least: number; readonly most: number }): string =>
  least === most ? number(least) : `${number(least)} to ${number(most)}`

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

/** What runs cost: for a model that does not think, and the ceiling for one that does and so gets further probes. */
const costLines = (): string[] => {
  const { suites, catalog } = load()
  const rows = [[], ...catalog.profiles.map(({ id }) => [id]), ['full']].map((profiles) => {
    const { probes } = plan({ suites, selectors: [], profiles, catalog })
    const price = budget(probes)
    const command = `wirecheck run${profiles.map((id) => ` --profile ${id}`).join('')}`
    return [`\`${command}\``, number(price.probes), range(price.requests), range(price.outputTokens), number(price.thinkingTokens.most)]
  })
  return [
    row(['command', 'probes', 'requests', 'output tokens, at most', 'a thinking model, at most']),
    row(['---', '--:', '--:', '--:', '--:']),
    ...rows.map(row),
  ]
}

/** The counts as `wirecheck list --summary` prints them. */
const counted = async (): Promise<Readonly<Record<string, number>>> => {
  let text = ''
  const out = (part: string): void => {
    text += part
  }
  await list({ summary: true, json: true }, { out, err: out, palette: paletteOf(0), width: 100, live: false })
  return JSON.parse(text) as Record<string, number>
}

const countLines = async (): Promise<string[]> => {
  const { requirements = 0, probes = 0, checks = 0, observations = 0, faults = 0, variants = 0, dialects = 0 } = await counted()
  return [
    `${number(requirements)} requirements, ${number(probes)} probes, ${number(checks)} checks and ${number(observations)} observations are built in.`,
    `The reference endpoint can be bent by ${number(faults)} faults and ${number(variants)} legal variants, and has the habits of ${number(dialects)} vendors.`,
  ]
}

/** Capabilities that the catalogue names and nothing tests. */
const gapLines = (): string[] => {
  const { suites, catalog } = load()
  const tested = new Set(suites.flatMap(({ requirements, probes }) => [...requirements, ...probes]).map(({ capability }) => capability))
  const gaps = catalog.capabilities.filter(({ id }) => !tested.has(id)).map(({ id }) => `\`${id}\``)
  return [gaps.length === 0 ? '- Every capability of the catalogue has a probe.' : `- No probes yet for ${gaps.join(', ')}.`]
}

/** The README with the present numbers between its markers. */
export const withNumbers = async (readme: string): Promise<string> => {
  const parts = { summary: await countLines(), cost: costLines(), gaps: gapLines() }
  return Object.entries(parts).reduce((text, [name, lines]) => {
    const between = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`)
    if (!between.test(text)) throw new Error(`README.md has no <!-- ${name} --> … <!-- /${name} -->`)
    return text.replace(between, (_, from: string, to: string) => `${from}${lines.join('\n')}\n${to}`)
  }, readme)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(file, await withNumbers(readFileSync(file, 'utf8')))
