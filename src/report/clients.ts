import type { ClientApi, ClientOutcome, ClientReplay, ClientReport, ClientResult, ClientTrouble, Finding } from '../types.ts'

const order: readonly ClientResult[] = ['breaks', 'degraded', 'works', 'unknown']

/** The worst of what was seen; what could not be told does not count beside what could. */
const fold = (results: readonly ClientResult[]): ClientResult => order.find((result) => results.includes(result)) ?? 'unknown'

/** The findings that accuse an exchange; a finding keeps only some of its witnesses, and then its probe has to do. */
const findingsOn = ({ probe, attempt, step, copy }: ClientOutcome['evidence'], findings: readonly Finding[]): readonly string[] =>
  findings
    .filter(
      ({ level, witnesses, probes, seen }) =>
        level !== 'may' &&
        (witnesses.some((each) => each.probe === probe && each.attempt === attempt && each.step === step && each.copy === copy) ||
          (seen > witnesses.length && probes.includes(probe))),
    )
    .map(({ id }) => id)

/** Holds what each client made of the run against the findings: a failure that none explains is a hole in the suites. */
export const clientReports = (replays: readonly ClientReplay[], findings: readonly Finding[]): readonly ClientReport[] =>
  replays.map(({ client, packages, prefers, replayed, outcomes }) => {
    const troubles = outcomes
      .filter(({ result }) => result !== 'works')
      .map((outcome): ClientTrouble => {
        const on = findingsOn(outcome.evidence, findings)
        return { ...outcome, findings: on, unexplained: outcome.result === 'breaks' && on.length === 0 && !outcome.refused }
      })
      .sort((one, other) => order.indexOf(one.result) - order.indexOf(other.result))
    const apis = {
      chat: fold(outcomes.filter(({ api }) => api === 'chat').map(({ result }) => result)),
      responses: fold(outcomes.filter(({ api }) => api === 'responses').map(({ result }) => result)),
    } satisfies Record<ClientApi, ClientResult>
    const other = prefers === 'responses' ? 'chat' : 'responses'
    const own = prefers === undefined ? fold(Object.values(apis)) : replayed[prefers] > 0 ? apis[prefers] : apis[other]
    return {
      client,
      packages,
      result: own,
      apis,
      replayed,
      troubles,
      unexplained: troubles.filter(({ unexplained }) => unexplained).length,
    }
  })
