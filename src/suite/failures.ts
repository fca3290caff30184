import { parseYaml } from './source-map.ts'

/** A failure of a real endpoint that was reported in public. */
export interface Failure {
  /** What went over the wire, in one line. */
  readonly title: string
  readonly threads: readonly string[]
  /** What would say it in a run, and the fault of the reference endpoint that does the same. */
  readonly caught?:
    | { readonly requirement: string; readonly fault: string }
    | { readonly observation: string; readonly value: string; readonly fault: string }
  readonly missed?: { readonly why: 'not-testable' | 'model-behaviour'; readonly reason: string }
}

export type Failures = Readonly<Record<string, Failure>>

/** Reads the failures of one file, by their ids. @throws SuiteError */
export const readFailures = (text: string, file: string): Failures => (parseYaml(text, file).value as { failures: Failures }).failures
