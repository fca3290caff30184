import type { Endpoint, Exchange, Probe, Requirement, Suite, Trait, Transcript } from '../types.ts'

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))

export interface ExchangeInput {
  readonly probe?: string
  readonly attempt?: number
  readonly step?: number
  readonly copy?: number
  readonly try?: number
  readonly endpoint?: Endpoint
  readonly request?: unknown
  readonly status?: number
  readonly headers?: Exchange['request']['headers']
  readonly body?: unknown
  readonly end?: 'complete' | 'truncated' | 'stopped' | 'timeout'
  readonly failure?: string
}

/** An exchange with defaults for everything that does not matter to a test. */
export const exchange = (input: ExchangeInput = {}): Exchange => {
  const body = encode(input.body ?? {})
  return {
    probe: input.probe ?? 's/p',
    attempt: input.attempt ?? 1,
    step: input.step ?? 0,
    ...(input.copy === undefined ? {} : { copy: input.copy }),
    try: input.try ?? 1,
    auth: 'target',
    request: {
      endpoint: input.endpoint ?? 'POST /chat/completions',
      url: 'http://127.0.0.1:1/v1/x',
      headers: [],
      body: encode(input.request ?? { model: 'm' }),
      sentAtMs: 0,
    },
    outcome:
      input.failure === undefined
        ? {
            kind: 'response',
            status: input.status ?? 200,
            headers: input.headers ?? [['content-type', 'application/json']],
            body,
            reads: { atMs: [1], ends: [body.byteLength] },
            end: input.end ?? 'complete',
            headersAtMs: 1,
            endAtMs: 2,
          }
        : { kind: 'failure', code: input.failure, message: 'no', atMs: 1 },
  }
}

export const probe = (
  input: Partial<Probe> & { readonly expect?: readonly string[]; readonly endpoint?: Endpoint; readonly breaks?: string } = {},
): Probe => {
  const { expect: expected = [], endpoint = 'POST /chat/completions', breaks, ...rest } = input
  const step = {
    endpoint,
    auth: 'target' as const,
    headers: [],
    expect: expected,
    capture: {},
    read: {},
    ...(breaks === undefined ? {} : { breaks }),
  }
  return {
    id: 's/p',
    title: 't',
    capability: 'chat',
    attempts: 1,
    baseline: false,
    extra: false,
    requires: [],
    whole: [],
    steps: [step],
    origin: { file: 's.yaml', line: 1 },
    ...rest,
  }
}

export const requirement = (input: Partial<Requirement> & { readonly id: string; readonly check: Requirement['check'] }): Requirement => ({
  level: 'must',
  text: 'It holds.',
  capability: 'chat',
  sources: [],
  requires: [],
  origin: { file: 's.yaml', line: 1 },
  ...input,
})

export const suite = (requirements: readonly Requirement[], probes: readonly Probe[]): Suite => ({
  id: 's',
  title: 's',
  file: 's.yaml',
  digest: '',
  requirements,
  probes,
})

export const transcript = (
  exchanges: readonly Exchange[],
  plan: readonly Probe[],
  traits: readonly Trait[] = [],
  declares: readonly string[] = [],
): Transcript => ({
  header: {
    kind: 'header',
    format: 1,
    tool: '0',
    target: { name: 't', url: 'http://127.0.0.1:1/v1', models: {}, declares, insecure: false, simulated: false },
    suites: {},
    plan: plan.map(({ id }) => id),
    startedAt: '2026-01-01T00:00:00Z',
  },
  traits: { kind: 'traits', traits: traits.map((name) => ({ name, how: 'test' })) },
  exchanges: () => exchanges,
  footer: { kind: 'footer', exchanges: exchanges.length, skipped: {}, durationMs: 1 },
})
