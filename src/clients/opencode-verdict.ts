import type { Caught } from './handed.ts'
import { asObject, asText } from './loose.ts'
import { alwaysSent, overflowTexts, refusalTexts, retriedStatuses, retriedTexts } from './opencode-rules.ts'
import { bodyMessage, type Case, isSuccess, reported, type Verdict } from './verdict.ts'

const matches = (patterns: readonly RegExp[], ...texts: readonly string[]): boolean =>
  texts.some((text) => patterns.some((pattern) => pattern.test(text)))

/** Contract, section 3.2: by the flag of the SDK, the status, or a text anywhere in message and body. */
const isRetried = ({ message, body = '', retryable, status }: Caught): boolean =>
  retryable === true || (status !== undefined && status >= 500) || matches(retriedTexts, message, body)

/** What OpenCode makes of a turn that was answered like this, every time it asks. */
export const opencodeVerdict = (seen: Case): Verdict => {
  const { handed, status, wire, content } = seen
  const [error] = handed.errors
  if (status === 0) return { symptom: 'cannot-connect', ...(error ? { error: error.message } : {}) }
  if (!isSuccess(seen)) return refusal(seen)
  // CH-002 and after: any error part ends the turn
  if (error) {
    const report = reported(error, wire)
    const said = report === undefined ? error.message : typeof report === 'string' ? report : JSON.stringify(report)
    // the SDK's own flag says of the answer 200 that it came too early to fail
    const retried = isRetried({ ...error, message: report === undefined ? error.message : said })
    if (report !== undefined) return { symptom: retried ? 'retried' : 'server-error-shown', error: said }
    return { symptom: retried ? 'retried-then-dies' : 'turn-dies', error: said }
  }
  const hasToolPart = handed.announced.length > 0 || handed.calls.length > 0
  if (!hasToolPart) {
    if (handed.rawFinish === 'network_error') return { symptom: 'retried-then-dies' }
    if (handed.finish === undefined || handed.finish === 'other' || handed.finish === 'unknown' || handed.finish === 'tool-calls')
      return { symptom: 'loops' }
    // what was said before the failure stays on the screen
    if (handed.finish === 'error' && handed.text === '') return { symptom: 'ends-blank' }
  }
  const finished = new Set(handed.calls.map(({ id }) => id))
  if (handed.announced.some((id) => !finished.has(id))) return { symptom: 'tool-aborted' }
  return { symptom: content === 'duplicate-tool-ids' ? 'tool-parts-overwritten' : content }
}

/** Contract, section 3.4. */
const refusal = (seen: Case): Verdict => {
  const { status, body, api, handed } = seen
  const message = bodyMessage(body)
  const error = displayed(seen)
  if (status === 413 || matches(overflowTexts, message || body) || /"code"\s*:\s*"context_length_exceeded"/.test(body))
    return { symptom: 'compacts-for-ever', error }
  if (api === 'responses' && (status === 404 || status === 405 || status === 501)) return { symptom: 'no-such-endpoint', error }
  if (status >= 400 && status < 500 && isAlwaysRefused(seen, message || body)) return { symptom: 'refuses-what-is-always-sent', error }
  const [met] = handed.errors
  if (retriedStatuses(status) || (met !== undefined && isRetried({ ...met, body }))) return { symptom: 'retried', error }
  return { symptom: error.includes(message) && message !== '' ? 'error-shown' : isPlain(body) ? 'error-shown' : 'error-bare', error }
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
  if (body.trim() === '' || /<!doctype|<html/i.test(body)) return false
  try {
    const value = asObject(JSON.parse(body))
    return typeof value?.error === 'string' || typeof value?.message === 'string'
  } catch {
    return true
  }
}

/** What OpenCode shows of a refusal. */
const displayed = ({ body, handed, status }: Case): string => {
  const own = bodyMessage(body)
  if (own !== '') return own
  const reason = handed.errors[0]?.message ?? `HTTP ${status}`
  if (body.trim() === '' || /<!doctype|<html/i.test(body)) return reason
  try {
    const value = asObject(JSON.parse(body))
    return `${reason}: ${asText(value?.message) || asText(value?.error) || body}`
  } catch {
    return `${reason}: ${body}`
  }
}
