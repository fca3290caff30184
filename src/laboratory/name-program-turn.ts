import type { Exchange } from '../types.ts'
import { type LabEndpoint, repeatsOf } from './endpoint.ts'
import { nameTurn, type Observed } from './observed.ts'
import type { Printed } from './programs.ts'
import type { Ended } from './run-program.ts'

// biome-ignore lint/suspicious/noExplicitAny: requests of programs have no type
const resultsIn = (body: any): number => {
  if (Array.isArray(body?.messages)) return body.messages.filter((message: { role?: unknown } | null) => message?.role === 'tool').length
  if (Array.isArray(body?.input))
    return body.input.filter((item: { type?: unknown } | null) => String(item?.type).endsWith('_call_output')).length
  return 0
}

/** How many results of tools the model was told, in the request that has most of them. */
export const toldResults = (exchanges: readonly Exchange[]): number =>
  Math.max(
    0,
    ...exchanges.map(({ request }) => {
      try {
        return resultsIn(JSON.parse(Buffer.from(request.body).toString('utf8')))
      } catch {
        return 0
      }
    }),
  )

/** Calls in the last answer to each request: what was asked again was not acted on before. */
const spokenIn = ({ requested, spoken }: LabEndpoint): number =>
  [...new Map(requested.map((request, index) => [request, spoken[index] ?? 0])).values()].reduce((sum, calls) => sum + calls, 0)

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
