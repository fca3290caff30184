import type { ClientOutcome, Report, Suite } from '../types.ts'
import type { Effective } from './resolve.ts'
import type { Problem } from './rule.ts'
import type { Answer } from './send.ts'

/** Everything that is known when causes are looked for. */
export interface Evidence {
  readonly effective: Effective
  readonly problems: readonly Problem[]
  /** OpenCode's first request; absent when nothing could be sent. */
  readonly first?: Answer
  /** What OpenCode makes of that answer. */
  readonly client?: ClientOutcome
  /** The list of models, which OpenCode itself never asks for. */
  readonly models?: Models
  readonly hints: Hints
  /** The `opencode` profile, judged, with what OpenCode made of each answer. */
  readonly report?: Report
  readonly suites: readonly Suite[]
  /** Some answer carried reasoning, whatever the model is known for. */
  readonly thoughts?: boolean
  /** The request of a probe as a curl line, for the vendor. */
  readonly curlOf: (probe: string, attempt: number, step: number) => string | undefined
}

export interface Models {
  readonly status: number
  readonly ids: readonly string[]
  readonly list: unknown
}

/** What further requests showed, after the first one had failed. */
export interface Hints {
  /** A base URL nearby at which the same request is served, or at least understood. */
  readonly baseUrl?: { readonly value: string; readonly served: boolean }
  /** Another protocol that the endpoint answers for this model. */
  readonly otherApi?: { readonly api: 'chat' | 'responses' | 'messages'; readonly served: boolean; readonly answer: Answer }
  /** Another id under which the model is served. */
  readonly model?: { readonly id: string; readonly served: boolean }
  /** The smallest change with which the request is served. */
  readonly change?: { readonly name: ChangeName; readonly answer: Answer }
  /** The key is accepted when it is sent in another form. */
  readonly key?: 'trimmed' | 'with-scheme' | 'as-bearer'
  /** The key is good enough for the list of models, which is refused without one. */
  readonly keyLists?: boolean
}

export type ChangeName = 'without-usage' | 'less-output' | 'without-tools' | 'short' | 'not-streamed'
