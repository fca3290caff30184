import type { Exchange } from '../types.ts'
import { type LabEndpoint, repeatsOf } from './endpoint.ts'
import { nameTurn, type Observed } from './observed.ts'
import type { Printed } from './programs.ts'
import type { Ended } from './run-program.ts'

/** What a request says so far, whatever its other settings; nothing where it says nothing that can be read. */
const conversationOf = ({ request }: Exchange): readonly unknown[] => {
  try {
    const { messages, input } = JSON.parse(Buffer.from(request.body).toString('utf8')) as { messages?: unknown; input?: unknown }
    const said = messages ?? input
    return Array.isArray(said) ? said : [said]
  } catch {
    return []
  }
}

const isResult = (part: unknown): boolean => {
  const { role, type } = Object(part) as { role?: unknown; type?: unknown }
  return role === 'tool' || String(type).endsWith('_call_output')
}

/** How many results of tools the model was told, in the request that has most of them. */
export const toldResults = (exchanges: readonly Exchange[]): number =>
  Math.max(0, ...exchanges.map((exchange) => conversationOf(exchange).filter(isResult).length))

/** Calls in the last answer to each conversation: what was asked again, be it with other settings, was not acted on before. */
const spokenIn = ({ exchanges, spoken }: LabEndpoint): number => {
  const last = new Map(exchanges.map((exchange, index) => [JSON.stringify(conversationOf(exchange)), spoken[index] ?? 0]))
  return [...last.values()].reduce((sum, calls) => sum + calls, 0)
}

const lastLine = (text: string): string | undefined => text.trim().split('\n').at(-1) || undefined

/** What was seen of a turn, from what the program printed and from what it told the model. */
export const nameProgramTurn = (printed: Printed, ended: Ended, endpoint: LabEndpoint): Observed => {
  const { toolsDone, toolsFailed, text } = printed
  const died = !ended.timedOut && !endpoint.isCapped() && ended.code !== 0
  const error = printed.error ?? (died ? (lastLine(ended.stderr) ?? `exit code ${ended.code}`) : undefined)
  return nameTurn({
    requests: endpoint.exchanges.length,
    repeated: Math.max(repeatsOf(endpoint), printed.retried ?? 0),
    capped: endpoint.isCapped(),
    timedOut: ended.timedOut,
    ms: ended.ms,
    ...(error === undefined ? {} : { error }),
    text,
    toolsDone,
    // programs do not print a call that cannot be made, but tell the model so
    toolsFailed: Math.max(toolsFailed, toldResults(endpoint.exchanges) - toolsDone),
    spoken: spokenIn(endpoint),
  })
}
