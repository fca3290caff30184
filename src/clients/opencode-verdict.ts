import type { Headers } from '../types.ts'
import type { Caught } from './handed.ts'
import { asObject } from './loose.ts'
import { displayed, type Fate, fateOfAnswer, fateOfError, fateOfReport, isPage } from './opencode-error.ts'
import { alwaysSent, refusalTexts } from './opencode-rules.ts'
import { contentSymptoms } from './symptoms.ts'
import { bodyMessage, type Case, isSuccess, reported, type Verdict } from './verdict.ts'

/** What OpenCode makes of a turn that was answered like this, every time it asks. */
export const opencodeVerdict = (seen: Case): Verdict => {
  const { handed, status, content } = seen
  const [error] = handed.errors
  if (status === 0)
    return { symptom: error?.retryable === true ? 'cannot-connect' : 'turn-dies', ...(error ? { error: error.message } : {}) }
  if (!isSuccess(seen)) return refusal(seen)
  // CH-002 and after: any error part ends the turn
  if (error) return failure(seen, error)
  // CH-032: whatever was said or called before
  if (handed.rawFinish === 'network_error') return { symptom: 'retried-then-dies', error: 'Provider finish_reason: network_error' }
  if (handed.finish === 'content-filter') return { symptom: 'content-filtered' }
  const hasToolPart = handed.announced.length > 0 || handed.calls.length > 0
  if (!hasToolPart) {
    if (goesOn(handed.finish)) return { symptom: 'loops' }
    // what was said before the failure stays on the screen
    if (handed.finish === 'error' && handed.text === '') return { symptom: 'ends-blank' }
  }
  const finished = new Set(handed.calls.map(({ id }) => id))
  // after these reasons the conversation goes on, and the model learns what became of its call
  if (handed.announced.some((id) => !finished.has(id))) return { symptom: goesOn(handed.finish) ? 'tool-aborted-told' : 'tool-aborted' }
  if (contentSymptoms[content].result !== 'breaks' && areOverwritten(seen)) return { symptom: 'tool-parts-overwritten' }
  // what has no name can be no call at all
  return { symptom: content === 'unknown-tool' && !hasToolPart ? 'tool-call-lost' : content }
}

const goesOn = (finish = 'other'): boolean => finish === 'other' || finish === 'unknown' || finish === 'tool-calls'

/** CH-119: calls are kept by their ids, an empty one included; the very same call once more changes nothing. */
const areOverwritten = ({ handed: { calls } }: Case): boolean => {
  const kept = new Map<string, string>()
  return calls.some(({ id, name, input }) => {
    const call = JSON.stringify([name, input])
    const before = kept.get(id)
    kept.set(id, call)
    return before !== undefined && (before !== call || id === '')
  })
}

const failure = (seen: Case, error: Caught): Verdict => {
  const { wire, api } = seen
  const report = reported(error, wire)
  const said = report === undefined ? error.message : typeof report === 'string' ? report : JSON.stringify(report)
  // OpenCode's own copy of the package for chat passes on the report, where that of the SDK passes on its message
  const passedOn = api === 'chat' ? wire.failures[0] : error.raised
  const fate: Fate =
    'raised' in error && passedOn !== undefined
      ? fateOfReport(passedOn)
      : error.status === undefined
        ? fateOfError(error)
        : fateOfAnswer(error, error.body ?? '')
  if (fate === 'compacted') return { symptom: 'compacts-for-ever', error: said }
  if (report !== undefined) return { symptom: fate === 'retried' ? 'retried' : 'server-error-shown', error: said }
  return { symptom: fate === 'retried' ? 'retried-then-dies' : 'turn-dies', error: said }
}

/** Contract, section 3.4. */
const refusal = (seen: Case): Verdict => {
  const { status, body, api, handed } = seen
  const message = bodyMessage(body)
  const met: Caught = { name: '', thrown: true, message: '', ...handed.errors[0], status }
  // its body could not be read to the end, which counts as a failure of the connection
  if (met.message === 'Failed to process error response') return { symptom: 'retried-then-dies', error: met.message }
  const error = displayed(met, body)
  const fate = fateOfAnswer(met, body)
  if (fate === 'compacted') return { symptom: 'compacts-for-ever', error }
  if (api === 'responses' && (status === 404 || status === 405)) return { symptom: 'no-such-endpoint', error }
  if (fate === 'retried') return { symptom: waitMsOf(seen.headers) > longWaitMs ? 'waits-as-told' : 'retried', error }
  if (isAlwaysRefused(seen, message || body)) return { symptom: 'refuses-what-is-always-sent', error }
  return { symptom: (error.includes(message) && message !== '') || isPlain(body) ? 'error-shown' : 'error-bare', error }
}

const longWaitMs = 60_000

/** HE-05: numbers are read as far as they go, so that the year of a date in another form is so many seconds. */
const waitMsOf = (headers: Headers): number => {
  const value = (name: string) => Number.parseFloat(headers.find(([own]) => own.toLowerCase() === name)?.[1] ?? '')
  const ms = value('retry-after-ms')
  return Number.isNaN(ms) ? value('retry-after') * 1000 : ms
}

const isAlwaysRefused = ({ api, body }: Case, text: string): boolean => {
  if (!refusalTexts.test(text)) return false
  const param = /"param"\s*:\s*"(\w+)"/.exec(body)?.[1]
  return (
    alwaysSent[api].some((member) => member === param || new RegExp(`\\b${member}\\b`).test(text)) || /auto.{0,3} tool choice/i.test(text)
  )
}

/** HE-07, HE-08, HE-12: other bodies than OpenAI's are shown as far as their words can be found. */
const isPlain = (body: string): boolean => {
  if (body.trim() === '' || isPage(body)) return false
  try {
    const value = asObject(JSON.parse(body))
    return typeof value?.error === 'string' || typeof value?.message === 'string'
  } catch {
    return true
  }
}
