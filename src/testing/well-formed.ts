import type { AnyCheck, JsonPointer, Locus, Outcome, Span, View, Violation } from '../types.ts'

/**
 * What is wrong with the form of what a check says, whatever it says: a reason without words, a code that it does not list,
 * a place that is not in the answer. Every judgement in a test is asked this, so that no test has to spell it out.
 * @returns undefined where the outcome is well-formed
 */
export const illFormed = (check: AnyCheck, views: readonly [View, ...View[]], outcome: Outcome): string | undefined => {
  if (outcome.kind === 'unobserved') return wordless('reason', outcome.reason)
  if (outcome.kind === 'held' && !(outcome.subjects >= 1)) return `held over ${outcome.subjects} subjects`
  for (const violation of (outcome.kind === 'held' ? outcome.notes : outcome.violations) ?? []) {
    if (!check.codes.includes(violation.code)) return `'${violation.code}' is none of the codes of ${check.id}`
    const view = views[violation.view ?? views.length - 1]
    if (!view) return `there is no view ${violation.view}`
    const wrong = wrongWords(violation) ?? wrongPlace(view, violation.at) ?? tooWide(view, violation)
    if (wrong !== undefined) return `${violation.code}: ${wrong}`
  }
  return undefined
}

const wordless = (name: string, text: string | undefined): string | undefined => {
  if (text === undefined) return undefined
  return text.trim() === '' || /^undefined|undefined$|\[object /.test(text) ? `the ${name} is '${text}'` : undefined
}

const wrongWords = ({ expected, actual }: Violation) => wordless('expected', expected) ?? wordless('actual', actual)

const wrongPlace = (view: View, at: Locus): string | undefined => {
  switch (at.in) {
    case 'status':
    case 'end':
      return undefined
    case 'header':
      return /^[a-z0-9-]+$/.test(at.name) ? undefined : `no header has the name '${at.name}'`
    case 'body':
      return leadsNowhere(view.streamed ? undefined : view.json, at.pointer) ?? (at.bytes && outside(view, at.bytes))
    case 'completion':
      return leadsNowhere(view.completion, at.pointer)
    case 'event': {
      const event = view.events[at.index]
      if (!event) return `there is no event ${at.index}`
      if (event.from !== at.bytes[0] || event.to !== at.bytes[1]) return `event ${at.index} is not at ${at.bytes.join('-')}`
      return leadsNowhere(event.json, at.pointer)
    }
    case 'stream':
      return outside(view, at.bytes)
    default:
      return `no place is called '${(at as { in?: string }).in}'`
  }
}

const outside = (view: View, [from, to]: Span): string | undefined =>
  0 <= from && from <= to && to <= view.body.byteLength ? undefined : `bytes ${from}-${to} of ${view.body.byteLength}`

/** Where a lone value is shown, the place is a member, and not the object that has it; of an event, which may itself be what is missing. */
const tooWide = (view: View, { at, actual = '' }: Violation): string | undefined => {
  if (!('pointer' in at) || at.pointer !== '') return undefined
  if (!(at.in === 'event' ? /^(null|true|false)$/ : /^(absent|null|true|false|-?\d+(\.\d+)?)$/).test(actual)) return undefined
  const value = at.in === 'event' ? view.events[at.index]?.json : at.in === 'body' ? view.json : view.completion
  return typeof value === 'object' && value !== null ? `${actual} is shown, but the place is everything` : undefined
}

/** A member that is missing is pointed at, even where what should hold it is missing as well; far from all that is there leads no pointer. */
const leadsNowhere = (value: unknown, pointer: JsonPointer): string | undefined => {
  if (pointer === '' || value === undefined) return undefined
  if (!pointer.startsWith('/')) return `'${pointer}' is no pointer`
  let at: unknown = value
  let missing = 0
  for (const token of pointer.split('/').slice(1)) {
    if (typeof at !== 'object' || at === null) missing++
    else at = (at as Record<string, unknown>)[token.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  return missing > 2 ? `${pointer} leads nowhere` : undefined
}
