import type { ClientProfile } from './profiles.ts'
import { bodyMessage, type Case, isSuccess, reported, type Verdict } from './verdict.ts'

const finishes = new Set([
  'stop',
  'length',
  'tool-calls',
  'content-filter',
  'tool_calls',
  'function_call',
  'content_filter',
  'completed',
  'incomplete',
])

/** What somebody sees who calls a library: the AI SDK or the package of OpenAI. */
export const libraryVerdict = (
  seen: Case,
  { runsToolsOnlyWhenEnded = false }: Pick<ClientProfile, 'runsToolsOnlyWhenEnded'> = {},
): Verdict => {
  const { handed, status, body, content, wire, stream } = seen
  const [error] = handed.errors
  if (status === 0) return { symptom: 'cannot-connect', ...(error ? { error: error.message } : {}) }
  if (!isSuccess(seen)) {
    const message = bodyMessage(body)
    const shown = error !== undefined && message !== '' && error.message.includes(message)
    return { symptom: shown ? 'error-shown' : 'error-bare', ...(error ? { error: error.message } : {}) }
  }
  const ended = handed.finish !== undefined && finishes.has(handed.finish)
  if (error) {
    if (reported(error, wire) !== undefined) return { symptom: 'server-error-shown', error: error.message }
    const whole = ended && (content === 'works' || content === 'thinking-in-text')
    return { symptom: whole && !error.thrown ? 'bad-chunk' : 'error', error: error.message }
  }
  const nothing = handed.text === '' && handed.calls.length === 0 && handed.reasoning === ''
  // what is told as data, or as the reason of the end, reaches whoever looks
  if (nothing && !ended && wire.failures.length > 0 && handed.answered) return { symptom: 'server-error-shown' }
  if (nothing && (handed.finish === 'error' || handed.finish === 'failed')) return { symptom: 'finish-unknown' }
  if (nothing && !ended && stream && content !== 'refusal-dropped') return { symptom: 'nothing-read' }
  if (content !== 'works') return { symptom: content }
  if (!ended && stream && handed.calls.length > 0 && runsToolsOnlyWhenEnded) return { symptom: 'tools-not-run' }
  if (!ended && handed.calls.length === 0) return { symptom: 'finish-unknown' }
  if (handed.helperError !== undefined) return { symptom: 'helper-fails', error: handed.helperError }
  return { symptom: 'works' }
}
