/** A server that somebody else wrote, running on loopback. */
export interface ThirdParty {
  readonly baseUrl: string
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>
  readonly close: () => Promise<void>
}
