/** Why a transcript cannot be read; `reason` is stable, the message is for people. */
export class TranscriptError extends Error {
  readonly reason: 'NotATranscript' | 'UnknownFormat' | 'BrokenLine' | 'MissingFooter' | 'MissingBody'

  constructor(reason: TranscriptError['reason'], message: string) {
    super(message)
    this.name = 'TranscriptError'
    this.reason = reason
  }
}

/** The result of something that may throw where a failure is an answer of its own. */
export const attempted = <Value>(read: () => Value): Value | undefined => {
  try {
    return read()
  } catch {
    return undefined
  }
}
