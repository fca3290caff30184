import type { Evidence } from './evidence.ts'
import type { Effective } from './resolve.ts'
import { type Answer, headerOf, isSuccess, type Sender } from './send.ts'

/** Whoever cuts an answer by a limit of time knows nothing of the rest. */
export const isRead = ({ exchange: { outcome } }: Answer): boolean => outcome.kind === 'response' && outcome.end !== 'timeout'

/** A gateway that is busy for a moment is asked once more, as OpenCode does. */
const longestWaitMs = 5000

export const firstAnswer = async (sender: Sender): Promise<Answer> => {
  const answer = await sender.post()
  const seconds = Number(headerOf(answer, 'retry-after') ?? Number.NaN)
  if (![429, 503].includes(answer.status) || !(seconds * 1000 <= longestWaitMs)) return answer
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  return sender.post()
}

/** Only OpenCode's own reading tells what is seen; the packages are loaded here and not before. */
export const clientOf = async ({ exchange }: Answer): Promise<Evidence['client']> => {
  if (exchange.request.endpoint !== 'POST /chat/completions' && exchange.request.endpoint !== 'POST /responses') return undefined
  const { replay } = await import('../clients/replay.ts')
  return replay(exchange, 'opencode-1.18')
}

export const notesOf = (first: Answer, { maxTokens }: Effective): readonly string[] => {
  const { outcome } = first.exchange
  const cut = outcome.kind === 'response' && outcome.end === 'timeout' ? outcome.endReason : undefined
  const clamped = outcome.kind === 'response' ? outcome.headers.find(([name]) => /max-tokens-clamped/i.test(name)) : undefined
  return [
    ...(cut === undefined ? [] : [`the first answer was not read to its end: ${cut}`]),
    ...(clamped ? [`the endpoint lowers the ${maxTokens} tokens that OpenCode asks for: ${clamped[0]}: ${clamped[1]}`] : []),
    ...(headerOf(first, 'x-request-id') && !isSuccess(first) ? [`for the vendor: x-request-id ${headerOf(first, 'x-request-id')}`] : []),
  ]
}
