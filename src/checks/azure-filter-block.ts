import type { JsonObject, Outcome, View, Violation } from '../types.ts'
import { at, defineCheck, held, inBody, unobserved, verdictOf } from './define-check.ts'
import { errorOf, isSuccess } from './failure.ts'
import { asArray, asInteger, asObject, asString, show } from './read.ts'

/** Words that only the filter says. */
const words = /content[ _-]?(filter|management policy)|ResponsibleAIPolicyViolation/i

export const azureFilterBlock = defineCheck({
  id: 'azure-filter-block',
  summary: 'a blocked prompt is a 400 with content_filter and an inner code, and blocked output finishes with content_filter',
  codes: ['status', 'code', 'no-inner-code', 'finish'],
  needs: 'complete',
  over: 'exchange',
  judge: ([view]) => (isSuccess(view) ? judgeOutput(view) : judgeRefusal(view)),
})

const judgeRefusal = (view: View): Outcome => {
  const { status } = view.response
  const error = errorOf(view)
  const inner = asObject(error?.innererror) ?? asObject(error?.inner_error)
  if (
    !error ||
    status < 400 ||
    status > 499 ||
    ![error.code, error.message, error.type, inner?.code].some((text) => words.test(asString(text) ?? ''))
  )
    return unobserved('nothing was blocked')
  const violations: Violation[] = []
  if (status !== 400) violations.push({ code: 'status', at: { in: 'status' }, expected: '400', actual: String(status) })
  if (error.code !== 'content_filter')
    violations.push({ code: 'code', at: inBody('/error/code'), expected: '"content_filter"', actual: show(error.code) })
  if (!asString(inner?.code))
    violations.push({ code: 'no-inner-code', at: inBody('/error/innererror/code'), expected: 'a code', actual: show(inner?.code) })
  return verdictOf(violations, 1, '')
}

/** Choices of a plain reply and of chunks alike: what was filtered, and how each choice finished. */
const judgeOutput = (view: View): Outcome => {
  const filtered = new Map<number, Violation>()
  const finished = new Map<number, string>()
  const look = (value: unknown, locate: (pointer: string) => Violation['at']) => {
    for (const [position, entry] of (asArray(asObject(value)?.choices) ?? []).entries()) {
      const choice = asObject(entry)
      const index = asInteger(choice?.index)
      if (!choice || index === undefined) continue
      const finish = asString(choice.finish_reason)
      if (finish) finished.set(index, finish)
      if (!filtered.has(index) && isFiltered(asObject(choice.content_filter_results)))
        filtered.set(index, { code: 'finish', at: locate(`/choices/${position}/content_filter_results`), expected: '"content_filter"' })
    }
  }
  if (view.streamed) for (const event of view.events) look(event.json, (pointer) => at(event, pointer))
  else look(view.json, inBody)
  const violations = [...filtered].flatMap(([index, violation]) => {
    const finish = finished.get(index)
    return finish === undefined || finish === 'content_filter' ? [] : [{ ...violation, actual: show(finish) }]
  })
  if (violations.length > 0) return verdictOf(violations, 1, '')
  return [...finished.values()].includes('content_filter') ? held(1) : unobserved('nothing was blocked')
}

const isFiltered = (results: JsonObject | undefined): boolean => {
  for (const name in results) if (asObject(results[name])?.filtered === true) return true
  return false
}
