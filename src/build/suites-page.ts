import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { loadBuiltins } from '../builtin/load.ts'
import { requiresWords, shownBy, whenWords } from '../render/requirement-words.ts'
import { parseYaml } from '../suite/source-map.ts'
import type { Capability, Level, ObservationRule, Probe, Requirement, Source, Suite } from '../types.ts'
import { codeSpan, link, prose } from './markdown-prose.ts'

const folder = fileURLToPath(new URL('../../suites/', import.meta.url))
const file = `${folder}README.md`

/** Requirements that were left out, and what levels they and others have in the catalogue that the suites are made from. */
export interface LeftOut {
  readonly excluded: readonly { readonly id: string; readonly reason: string }[]
  readonly catalogue: Readonly<Record<string, Level>>
  readonly levels: Readonly<Record<string, string>>
}

export interface PageInput {
  readonly suites: readonly Suite[]
  readonly capabilities: readonly Capability[]
  readonly observations: readonly ObservationRule[]
  readonly leftOut: LeftOut
}

const levels: readonly Level[] = ['must', 'should', 'may']
const number = (value: number): string => value.toLocaleString('en')
const plural = (count: number, noun: string): string => `${number(count)} ${noun}${count === 1 ? '' : 's'}`

/** The anchor that GitHub gives a heading. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

const general = { title: 'Every answer', question: 'What holds for all endpoints and is counted where the probe belongs that shows it.' }

/** The specification for people: every requirement below the capability that it feeds. */
export const suitesPage = ({ suites, capabilities, observations, leftOut }: PageInput): string => {
  const requirements = suites.flatMap((suite) => suite.requirements)
  const probes = suites.flatMap((suite) => suite.probes)
  const owed = (id: string | undefined) => requirements.filter(({ capability }) => capability === id)
  const sections = [
    { ...general, id: undefined, owed: owed(undefined) },
    ...capabilities.map((capability) => ({ ...capability, owed: owed(capability.id) })),
  ].filter((section) => section.owed.length > 0)
  const contents = [...sections.map(({ title }) => title), 'Observations', ...(leftOut.excluded.length > 0 ? ['Not tested'] : [])]
  return [
    '<!-- Written by `node src/build/run.mjs suites-page`; edit the suites instead. -->',
    '# What an endpoint owes its clients',
    '',
    ...introduction(requirements, probes, observations.length),
    '## Contents',
    '',
    ...contents.map((title) => `- [${title}](#${anchorOf(title)})`),
    '',
    ...sections.flatMap(({ id, title, question, owed: listed }) => [
      `## ${prose(title)}`,
      '',
      `${id === undefined ? '' : `${codeSpan(id)}: `}${prose(question)}`,
      '',
      ...listed.flatMap((requirement) => requirementItem(requirement, probes)),
      '',
    ]),
    ...observationSection(observations),
    ...leftOutSection(leftOut, requirements),
  ].join('\n')
}

const introduction = (requirements: readonly Requirement[], probes: readonly Probe[], observed: number): readonly string[] => {
  const [must = 0, should = 0, may = 0] = levels.map((level) => requirements.filter((entry) => entry.level === level).length)
  return [
    `${plural(requirements.length, 'requirement')}, shown by ${plural(probes.length, 'probe')}: ${number(must)} MUST, ${number(should)} SHOULD, ${number(may)} MAY. ` +
      `Besides, ${plural(observed, 'observation')} of what servers do differently, which nobody is blamed for.`,
    '',
    'How to read it:',
    '',
    '- **MUST**: clients break where it is not kept. A violation fails the run.',
    '- **SHOULD**: clients degrade, or one of the documents asks for it and servers are known to differ. A violation is a warning.',
    '- **MAY**: worth knowing. It is noted, and never counts.',
    '- *Shown by* names the probes that bring the situation about, as they are written in the YAML files of this folder.',
    '- *Judged on* means that all such exchanges of a run are looked at, whichever probe sent them.',
    '- *Applies where known* names what must be known of the target, or must not; otherwise the requirement is silent.',
    '- A request that the server honestly declines leaves the requirements of its probe unobserved.',
    '- `wirecheck explain <id>` adds what breaks in which clients, what else looks alike, who reported it, and the faults that prove the check.',
    '',
  ]
}

/** What is judged everywhere anyway is shown by nearly every probe. */
const mostProbes = 8

const probeList = (ids: readonly string[], ambient: boolean): string => {
  if (!ambient || ids.length <= mostProbes) return ids.map(codeSpan).join(', ')
  return `${ids.slice(0, mostProbes).map(codeSpan).join(', ')} and ${ids.length - mostProbes} more`
}

const requirementItem = (requirement: Requirement, probes: readonly Probe[]): readonly string[] => {
  const { id, level, text, when, requires, tolerate, sources } = requirement
  const shown = shownBy(requirement, probes)
  return [
    `- <a id="${id}"></a>**${codeSpan(id)}** ${level.toUpperCase()}: ${prose(text)}`,
    ...(when ? [`  - Judged on ${prose(whenWords(when))}.`] : []),
    ...(shown.length > 0 ? [`  - Shown by ${probeList(shown, when !== undefined)}.`] : []),
    ...(requires.length > 0 ? [`  - Applies where known: ${prose(requiresWords(requires))}.`] : []),
    ...(tolerate ? [`  - Tolerated: ${tolerate.of - tolerate.need} of ${tolerate.of} may miss it.`] : []),
    `  - Sources: ${sources.map(sourceLink).join('; ')}.`,
  ]
}

/** A path without an address leads nowhere, so it is left out. */
const sourceLink = ({ title, url, path }: Source): string =>
  url === undefined ? prose(title) : `${link(title, url)}${path === undefined ? '' : ` ${codeSpan(path)}`}`

const observationSection = (observations: readonly ObservationRule[]): readonly string[] => [
  '## Observations',
  '',
  'Questions to which real servers give different answers. What a run sees is told with its meaning, and neither passes nor fails.',
  '',
  ...observations.flatMap(({ id, title, question, values }) => [
    `- <a id="${id}"></a>**${codeSpan(id)}** ${prose(title)}: ${prose(question)}`,
    ...Object.entries(values).map(([value, meaning]) => `  - ${codeSpan(value)}: ${prose(meaning)}`),
  ]),
  '',
]

const leftOutSection = ({ excluded, catalogue, levels: reasons }: LeftOut, requirements: readonly Requirement[]): readonly string[] => {
  const levelOf = (id: string) => (catalogue[id] ? ` ${catalogue[id].toUpperCase()}` : '')
  const changed = Object.entries(reasons).flatMap(([id, reason]) => {
    const now = requirements.find((requirement) => requirement.id === id)?.level.toUpperCase()
    return now === undefined ? [] : [`- ${codeSpan(id)} is a ${now} here and was a${levelOf(id)}: ${prose(reason)}`]
  })
  return [
    ...(excluded.length === 0
      ? []
      : ['## Not tested', '', 'Requirements of the catalogue behind the suites that no suite has, each with its reason.', '']),
    ...excluded.map(({ id, reason }) => `- <a id="${id}"></a>**${codeSpan(id)}**${levelOf(id)}: ${prose(reason)}`),
    ...(excluded.length === 0 ? [] : ['']),
    ...(changed.length === 0 ? [] : ['Levels that differ from those of the catalogue:', '', ...changed, '']),
  ]
}

const documentOf = (name: string): Readonly<Record<string, unknown>> =>
  existsSync(`${folder}catalog/${name}`)
    ? (parseYaml(readFileSync(`${folder}catalog/${name}`, 'utf8'), `suites/catalog/${name}`).value as Readonly<Record<string, unknown>>)
    : {}

/** What the page is made of, as the repository has it. */
export const pageInput = (): PageInput => {
  const { suites, catalog } = loadBuiltins()
  const { excluded = [] } = documentOf('excluded.yaml')
  const { requirements = {}, levels: reasons = {} } = documentOf('catalogue.yaml')
  const leftOut = { excluded, catalogue: requirements, levels: reasons } as LeftOut
  return { suites, capabilities: catalog.capabilities, observations: catalog.observations, leftOut }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(file, suitesPage(pageInput()))
