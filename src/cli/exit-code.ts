/** What the process says when it ends; the table stands in the README. */
export const exitCodes = { ok: 0, finding: 1, usage: 2, untestable: 3, harness: 4, interrupted: 130, terminated: 143 } as const

/** A message for the user and the code to end with. */
export class CliError extends Error {
  readonly exitCode: number

  constructor(message: string, exitCode: number = exitCodes.usage) {
    super(message)
    this.name = 'CliError'
    this.exitCode = exitCode
  }
}
