/** A mistake in a user's file, with the place and, where there is one, the way out. */
export interface Problem {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly message: string
}

export const formatProblem = ({ file, line, column, message }: Problem): string => `${file}:${line}:${column}  ${message}`

/** Thrown when a suite, catalog or configuration file cannot be used; carries every problem found. */
export class SuiteError extends Error {
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'))
    this.name = 'SuiteError'
    this.problems = problems
  }
}
