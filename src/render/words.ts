import type {
  CapabilityReport,
  Finding,
  Level,
  Locus,
  Palette,
  ProbeJudgement,
  ProfileReport,
  Report,
  Source,
  Support,
  Tally,
  Verdict,
} from '../types.ts'
import { verdicts } from '../types.ts'

export const verdictGlyphs: Readonly<Record<Verdict, string>> = {
  fail: '✗',
  error: '!',
  inconclusive: '?',
  unsupported: '–',
  warn: '⚠',
  pass: '✓',
  skipped: '·',
}

export const supportGlyphs: Readonly<Record<Support, string>> = { full: '✓', partial: '⚠', none: '–', broken: '✗', unknown: '?' }

export const resultGlyphs: Readonly<Record<ProfileReport['core']['result'], string>> = { success: '✓', partial: '?', failure: '✗' }

export const levelGlyphs: Readonly<Record<Level, string>> = { must: '✗', should: '⚠', may: '·' }

type Tone = keyof Palette

export const verdictTones: Readonly<Record<Verdict, Tone>> = {
  fail: 'red',
  error: 'red',
  inconclusive: 'yellow',
  unsupported: 'cyan',
  warn: 'yellow',
  pass: 'green',
  skipped: 'dim',
}

export const supportTones: Readonly<Record<Support, Tone>> = {
  full: 'green',
  partial: 'yellow',
  none: 'cyan',
  broken: 'red',
  unknown: 'dim',
}

const resultTones: Readonly<Record<ProfileReport['core']['result'], Tone>> = { success: 'green', partial: 'yellow', failure: 'red' }

export const levelTones: Readonly<Record<Level, Tone>> = { must: 'red', should: 'yellow', may: 'dim' }

/** The sign of a profile; one whose core is absent or refused, without a defect, is described and not accused. */
export const profileSign = ({ core }: ProfileReport, { capabilities }: Report): { readonly glyph: string; readonly tone: Tone } => {
  const cells = capabilities.filter(({ id }) => core.capabilities.includes(id))
  const declined = core.result === 'failure' && !cells.some(({ support }) => support === 'broken')
  return declined
    ? { glyph: supportGlyphs.none, tone: supportTones.none }
    : { glyph: resultGlyphs[core.result], tone: resultTones[core.result] }
}

/** 12345 as `12,345`, whatever the machine's language. */
export const number = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',')

export const plural = (count: number, noun: string): string => `${number(count)} ${noun}${count === 1 ? '' : 's'}`

export const seconds = (ms: number): string => {
  const tenths = Math.round(ms / 100)
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`
  const whole = Math.round(ms / 1000)
  return `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** The counts that are not zero, worst first. */
export const tallied = (tally: Tally): readonly (readonly [Verdict, number])[] =>
  verdicts.flatMap((verdict) => (tally[verdict] ? [[verdict, tally[verdict]] as const] : []))

export const tallyWords = (tally: Tally): string =>
  tallied(tally)
    .map(([verdict, count]) => `${count} ${verdict}`)
    .join(', ')

export const tallyOf = (probes: readonly ProbeJudgement[]): Tally => {
  const tally: Partial<Record<Verdict, number>> = {}
  for (const { verdict } of probes) tally[verdict] = (tally[verdict] ?? 0) + 1
  return tally
}

/** Why a cell is not full: the requirements behind it, or the reason that the report gives. */
export const whyOf = ({ findings, reason }: CapabilityReport, report: Report): string => {
  const requirement = new Map(report.findings.map((finding) => [finding.id, finding.requirement]))
  const broken = [...new Set(findings.flatMap((id) => requirement.get(id) ?? []))]
  return [...broken, ...(reason === undefined ? [] : [reason])].join(', ')
}

/** A cell that this run said nothing about. */
export const untouched = ({ support, tally }: CapabilityReport): boolean => support === 'unknown' && tallied(tally).length === 0

/** Where a violation lies, without the pointer. */
export const place = (at: Locus): string => {
  switch (at.in) {
    case 'status':
      return 'status'
    case 'end':
      return 'end of the body'
    case 'header':
      return `header ${at.name}`
    case 'body':
      return at.bytes ? `body, bytes ${at.bytes[0]}–${at.bytes[1]}` : 'body'
    case 'completion':
      return 'completion'
    case 'event':
      return `event ${at.index}, bytes ${at.bytes[0]}–${at.bytes[1]}`
    case 'stream':
      return `stream, bytes ${at.bytes[0]}–${at.bytes[1]}`
    default:
      return at satisfies never
  }
}

export const pointerOf = (at: Locus): string => ('pointer' in at ? at.pointer : '')

/** Place and pointer in one phrase. */
export const whereabouts = (at: Locus): string => {
  const pointer = pointerOf(at)
  return pointer === '' ? place(at) : `${place(at)}, ${pointer}`
}

export const sourceWords = ({ title, url, path, quote }: Source): string => {
  const where = path ?? url
  return `${title}${quote ? ` “${quote}”` : ''}${where ? ` (${where})` : ''}`
}

/** `3 exchanges: chat-stream/usage, chat-stream/text`; the witnesses are a selection. */
export const seenIn = ({ seen, probes }: Finding): string => {
  const shown = probes.slice(0, 3).join(', ')
  return `${plural(seen, 'exchange')}: ${shown}${probes.length > 3 ? ', …' : ''}`
}

/** `chat-stream/usage` belongs to suite `chat-stream`. */
export const suiteOf = (probe: string): string => (probe.includes('/') ? probe.slice(0, probe.indexOf('/')) : probe)

export const nameOf = (probe: string): string => (probe.includes('/') ? probe.slice(probe.indexOf('/') + 1) : probe)
