/** The nouns of wirecheck. No logic lives here; every other folder may import it. */

// ── small words ──────────────────────────────────────────────────────────────

/** Header lines as sent: order, case and duplicates are kept. */
export type Headers = readonly (readonly [name: string, value: string])[]
/** Byte offsets into a recorded body: from is inside, to is not. */
export type Span = readonly [from: number, to: number]
/** RFC 6901 pointer, such as `/choices/0/delta`. The empty string is the whole value. */
export type JsonPointer = string
/** A method token, a space and a path relative to the base URL: `POST /chat/completions`. */
export type Endpoint = `${string} /${string}`
export type JsonObject = { readonly [member: string]: unknown }

// ── what is asked ────────────────────────────────────────────────────────────

export type Level = 'must' | 'should' | 'may'

export interface Source {
  readonly title: string
  readonly url?: string
  readonly path?: string
  readonly quote?: string
}

export interface Requirement {
  /** Stable and globally unique, such as `stream.done-sentinel`. */
  readonly id: string
  readonly level: Level
  /** One normative sentence. */
  readonly text: string
  /** Absent: that of the probe whose exchange shows it. */
  readonly capability?: string
  readonly sources: readonly Source[]
  readonly check: { readonly id: string; readonly args: unknown }
  /** Traits that must hold, or `!name` must not; otherwise the requirement is inapplicable and silent. */
  readonly requires: readonly string[]
  /** Present: ambient, judged on every matching exchange of the run. */
  readonly when?: When
  /** `need` of `of` attempts must hold; without it one miss violates. Never for what is forbidden. */
  readonly tolerate?: { readonly of: number; readonly need: number }
  /** What clients do when it is broken. */
  readonly impact?: string
  /** What else than the server can look like it, and how that is told apart. */
  readonly confounder?: string
  readonly origin: Origin
}

export type StatusClass = '2xx' | '3xx' | '4xx' | '5xx'

export interface When {
  readonly endpoint?: readonly Endpoint[]
  /** Whether the request asked for a stream. */
  readonly stream?: boolean
  readonly status?: readonly StatusClass[]
  /** Endpoints with rules of their own, which are not meant. */
  readonly except?: readonly Endpoint[]
}

/** What is known of the target or its model, declared or found; a closed list. */
export const traitNames = [
  'key', // requests need a key
  'thinks', // the model reasons before it answers
  'max-completion-tokens', // the cap field is max_completion_tokens, max_tokens is refused
  'no-temperature', // sampling parameters are refused
  'single-model', // any model name is served
  'stream-only', // a request is refused unless it asks for a stream
  'tools', // a request that declares tools was answered 2xx
  'chat', // POST /chat/completions was answered 2xx
  'responses', // POST /responses was answered 2xx
  'completions', // POST /completions was answered 2xx
  'embeddings', // POST /embeddings was answered 2xx
  'messages', // POST /messages was answered 2xx
  'azure', // the endpoint is Azure OpenAI, or speaks like it
  'entra-token', // the key is a token of Microsoft Entra, not an API key
  'blocked-prompt', // the target names a prompt that its content filter blocks
] as const
export type Trait = (typeof traitNames)[number]
export type Traits = ReadonlySet<Trait>

/**
 * `bearer`, `api-key` and `x-api-key`: the target's key in this header, however the target itself sends it.
 * `azure`: as Azure takes it, a token of Entra as bearer and any other key as `api-key`.
 */
export type Auth = 'target' | 'none' | 'wrong' | 'lowercase-scheme' | 'bearer' | 'api-key' | 'x-api-key' | 'azure'

/** An address of Azure OpenAI in place of the base URL: below the deployment, below one that does not exist, or `/openai/v1`. */
export type AzureAddress = 'deployment' | 'no-deployment' | 'v1'

export interface Probe {
  /** `suite/name`, with the mode appended when the probe runs in more than one: `chat-tools/round-trip[stream]`. */
  readonly id: string
  readonly title: string
  readonly capability: string
  /** How often the probe may be tried while something expected is unobserved. */
  readonly attempts: number
  /** The first probe of an endpoint: it decides whether the endpoint is there, and finds traits. */
  readonly baseline: boolean
  /** Runs only with `--profile full` or when named: it refines what a default run already covers. */
  readonly extra: boolean
  /** Asks what a server does where servers disagree: a refusal is an answer, and no capability that is lacking. */
  readonly observes?: boolean
  /** Traits that must hold for the probe to make sense; else it is skipped. */
  readonly requires: readonly string[]
  readonly steps: readonly Step[]
  /** Requirements expected of the probe as a whole: checks over a probe decide them at its last step. */
  readonly whole: readonly string[]
  /** All steps use one connection, as long as the endpoint keeps it open. */
  readonly connection?: 'same'
  /** All steps are sent this many times at once, each copy with names of its own; never more than `--jobs` at a time. */
  readonly parallel?: number
  readonly why?: string
  readonly origin: Origin
}

export interface Step {
  readonly endpoint: Endpoint
  readonly auth: Auth
  readonly azure?: AzureAddress
  readonly headers: Headers
  /** JSON with generators (`{ $cap: 16 }`, `{ $use: name }`), before filling. */
  readonly body?: unknown
  /** Bytes for requests that are broken on purpose; instead of `body`. */
  readonly raw?: { readonly text: string } | { readonly base64: string }
  /** The request member that is wrong on purpose; such a step must not be answered 2xx. */
  readonly breaks?: string
  readonly expect: readonly string[]
  readonly capture: Readonly<Record<string, JsonPointer>>
  readonly read: { readonly stopAfterEvents?: number; readonly timeoutMs?: number }
}

export interface Origin {
  readonly file: string
  readonly line: number
}

export interface Suite {
  readonly id: string
  readonly title: string
  readonly file: string
  /** `sha256:` and hex digits, over the bytes of the file. */
  readonly digest: string
  readonly requirements: readonly Requirement[]
  readonly probes: readonly Probe[]
}

/** What a status-2xx body of an endpoint must look like, and how its streams end. */
export interface EndpointShape {
  readonly endpoint: Endpoint
  readonly json?: string
  readonly stream?: string
  /** The form of its refusals, where it is not that of OpenAI. */
  readonly error?: string
}

export interface Capability {
  readonly id: string
  readonly title: string
  readonly question: string
}

export interface Profile {
  readonly id: string
  readonly title: string
  /** Present: only these probes run, whatever else the capabilities have. */
  readonly probes?: readonly string[]
  /** Probes that run besides those of the capabilities, `extra` or not. */
  readonly also?: readonly string[]
  readonly core: readonly string[]
  readonly extended: readonly string[]
}

/** A question that real servers answer differently. What a run sees is told with its meaning, and neither passes nor fails. */
export interface ObservationRule {
  /** Also the id of the observer that decides the value. */
  readonly id: string
  readonly title: string
  readonly question: string
  /** The probes whose exchanges are looked at; without it those of the whole run. */
  readonly from?: readonly string[]
  /** What each value means, and which settings of clients fit. */
  readonly values: Readonly<Record<string, string>>
}

export interface Catalog {
  readonly edition: string
  readonly capabilities: readonly Capability[]
  readonly profiles: readonly Profile[]
  readonly endpoints: readonly EndpointShape[]
  readonly observations: readonly ObservationRule[]
}

// ── what happened ────────────────────────────────────────────────────────────

export interface Exchange {
  readonly probe: string
  readonly attempt: number
  readonly step: number
  /** Which of the copies that were sent at once this was, from 1; absent where there is one only. */
  readonly copy?: number
  /** Which try of the same request this was: 429 and 503 are paced and sent again, every try recorded. */
  readonly try: number
  readonly auth: Auth
  readonly request: RequestRecord
  readonly outcome: Response | TransportFailure
}

export interface RequestRecord {
  readonly endpoint: Endpoint
  readonly url: string
  readonly headers: Headers
  readonly body: Uint8Array
  /** Milliseconds since the start of the run. */
  readonly sentAtMs: number
  /** What became of the connection of the request before it; recorded where all steps are to use one connection. */
  readonly connection?: Connection
}

/** Kept open; or a new one, because the answer before said that its own would end, or because it ended without a word. */
export type Connection = 'first' | 'kept' | 'closed' | 'dropped'

export type End = 'complete' | 'truncated' | 'stopped' | 'timeout'

export interface Response {
  readonly kind: 'response'
  readonly status: number
  readonly headers: Headers
  /** As received: never decompressed, never trimmed; secrets replaced. */
  readonly body: Uint8Array
  readonly reads: Reads
  readonly end: End
  /** Why reading ended early: a limit of ours or the socket's error code. */
  readonly endReason?: string
  /** Milliseconds from sending to the headers, and to the end of the body. */
  readonly headersAtMs: number
  readonly endAtMs: number
}

/** The network reads of a body, in two lists of one length: a long stream has a hundred thousand of them. */
export interface Reads {
  /** Milliseconds since the request was sent. */
  readonly atMs: readonly number[]
  /** Where the bytes of each read end in the body; each begins where the one before ends. */
  readonly ends: readonly number[]
}

export interface TransportFailure {
  readonly kind: 'failure'
  readonly code: string
  readonly message: string
  readonly atMs: number
}

export interface TranscriptHeader {
  readonly kind: 'header'
  readonly format: 1
  readonly tool: string
  readonly target: TargetRecord
  readonly suites: Readonly<Record<string, string>>
  /** Probe ids in plan order. */
  readonly plan: readonly string[]
  readonly startedAt: string
}

/** What may be written down of a target: never a secret. */
export interface TargetRecord {
  readonly name: string
  readonly url: string
  readonly models: Readonly<Record<string, string>>
  readonly declares: readonly string[]
  readonly insecure: boolean
  /** The embedded reference endpoint, made for tests. */
  readonly simulated: boolean
}

/** What the preflight found; `how` says by which observation. */
export interface TraitsRecord {
  readonly kind: 'traits'
  readonly traits: readonly { readonly name: Trait; readonly how: string }[]
}

export interface TranscriptFooter {
  readonly kind: 'footer'
  readonly exchanges: number
  /** Probes of the plan that did not run, with the reason. */
  readonly skipped: Readonly<Record<string, string>>
  readonly durationMs: number
}

/** Exchanges are handed out one at a time, so that a large run need not fit in memory. */
export interface Transcript {
  readonly header: TranscriptHeader
  readonly traits: TraitsRecord
  readonly exchanges: () => Iterable<Exchange>
  readonly footer?: TranscriptFooter
}

// ── what it means ────────────────────────────────────────────────────────────

export interface SseEvent {
  readonly index: number
  /** From the first byte of the block to the end of its blank line. */
  readonly from: number
  readonly to: number
  readonly atMs: number
  readonly event?: string
  /** The parsed data. */
  readonly json?: unknown
  /** The data as text, kept only where it is not JSON: `[DONE]`, garbage, nothing. */
  readonly data?: string
}

/** Facts of the event stream below the events; spans point into the body, at most 100 each. */
export interface Framing {
  readonly lf: number
  readonly crlf: number
  readonly cr: number
  readonly bom: boolean
  /** Lines that are not valid UTF-8. */
  readonly invalidUtf8: readonly Span[]
  readonly comments: readonly Span[]
  /** Lines whose field name is none of data, event, id, retry, and that are no comments. */
  readonly unknownLines: readonly Span[]
  readonly idLines: readonly Span[]
  /** Blocks with a field but no data line: standard parsers drop them, official SDKs choke on them. */
  readonly datalessBlocks: readonly Span[]
  /** `data` lines without a value. */
  readonly emptyData: readonly Span[]
  /** `data:` not followed by one space. */
  readonly unspacedData: readonly Span[]
  /** Blocks with several data lines. */
  readonly multiData: readonly Span[]
  /** A last block without its blank line. */
  readonly unterminated?: Span
}

/** An exchange decoded once for the checks. */
export interface View {
  readonly probe: string
  readonly attempt: number
  readonly step: number
  readonly copy?: number
  readonly sentAtMs: number
  readonly connection?: Connection
  readonly auth: Auth
  readonly endpoint: Endpoint
  readonly breaks?: string
  readonly requestHeaders: Headers
  /** The parsed request body; undefined when it is not JSON. */
  readonly request: unknown
  readonly response: Response
  /** Lower case, without parameters; empty when there is no Content-Type. */
  readonly mediaType: string
  /** The body was read as an event stream: its label says so, or a stream was asked for and it looks like one. */
  readonly streamed: boolean
  /** The bytes that were decoded: the response's body, decompressed when it came compressed. Event spans point into it. */
  readonly body: Uint8Array
  readonly events: readonly SseEvent[]
  readonly framing?: Framing
  /** The parsed body of an answer that is not a stream; undefined when it is not JSON. */
  readonly json: unknown
  /** `json`, or the stream folded into the same shape. Nothing is repaired: what has the wrong type is left out. */
  readonly completion: unknown
  /** Violations of the endpoint's schema. */
  readonly shape: readonly ShapeViolation[]
}

export interface ShapeViolation {
  /** The requirement that the violated keyword belongs to. */
  readonly requirement: string
  readonly violation: Violation
}

export type Locus =
  | { readonly in: 'status' }
  | { readonly in: 'end' }
  | { readonly in: 'header'; readonly name: string }
  | { readonly in: 'body'; readonly bytes?: Span; readonly pointer: JsonPointer }
  | { readonly in: 'completion'; readonly pointer: JsonPointer }
  | { readonly in: 'event'; readonly index: number; readonly bytes: Span; readonly pointer: JsonPointer }
  | { readonly in: 'stream'; readonly bytes: Span }

export interface Violation {
  /** Kebab-case, one of the check's `codes`. */
  readonly code: string
  readonly at: Locus
  readonly expected?: string
  readonly actual?: string
  /** Which of the views the locus points into, where a check sees several; the last one unless said. */
  readonly view?: number
}

export type Outcome =
  | { readonly kind: 'held'; readonly subjects: number; readonly notes?: readonly Violation[] }
  | { readonly kind: 'violated'; readonly violations: readonly [Violation, ...Violation[]] }
  | { readonly kind: 'unobserved'; readonly reason: string }

export interface CheckContext {
  readonly requirement: string
  readonly traits: Traits
  /** The target declares the capability of the probe that is judged. */
  readonly declared: boolean
}

export interface Check<Args = undefined> {
  readonly id: string
  readonly summary: string
  /** Every code that the check can say. */
  readonly codes: readonly string[]
  /** `complete`: the judge answers `unobserved` on a cut body, and the check never sees it. */
  readonly needs: 'complete' | 'any'
  /** JSON Schema of the argument; absent when there is none. */
  readonly args?: object
  /**
   * exchange: one view. probe: the steps of one attempt up to the one that expects the requirement, which is the last;
   * of a probe that is sent several times at once, the steps of one copy. copies: one step, as all its copies were answered.
   * run: every exchange that matches `when`, without events, so that memory stays bounded.
   */
  readonly over: 'exchange' | 'probe' | 'copies' | 'run'
  judge(views: readonly [View, ...View[]], args: Args, context: CheckContext): Outcome
}

/** A check whose argument type is known only to itself; the registry holds these. */
// biome-ignore lint/suspicious/noExplicitAny: the suite loader has validated the argument against `args`
export type AnyCheck = Check<any>

/**
 * Decides one observation. It votes on single exchanges and is asked once, at the end of the run, what the votes amount to,
 * so that nothing of an exchange has to be kept.
 */
export interface Observer {
  readonly id: string
  readonly summary: string
  /** The vote of one exchange; undefined when it says nothing about the question. */
  sees(view: View): string | undefined
  /** One of the values of the catalogue; undefined when the votes do not tell. */
  decide(votes: Votes): string | undefined
}

/** How often each vote was cast. */
export type Votes = ReadonlyMap<string, number>

export interface Witness {
  readonly probe: string
  readonly attempt: number
  readonly step: number
  readonly copy?: number
  readonly at: Locus
  readonly actual?: string
  /** Offending bytes as text, control characters made visible, cut. */
  readonly excerpt: string
  /** Where the offending member lies in `excerpt`, when it was found. */
  readonly mark?: Span
}

export interface Finding {
  /** Eight hex digits: hash of requirement, code and generalised locus. */
  readonly id: string
  readonly requirement: string
  readonly level: Level
  readonly code: string
  readonly expected?: string
  readonly actual?: string
  readonly capability: string
  readonly witnesses: readonly [Witness, ...Witness[]]
  /** How many exchanges showed it; `witnesses` is cut. */
  readonly seen: number
  /** Every probe on whose exchanges it was seen. */
  readonly probes: readonly string[]
}

export const verdicts = ['fail', 'error', 'inconclusive', 'unsupported', 'warn', 'pass', 'skipped'] as const
export type Verdict = (typeof verdicts)[number]

export type Observation = 'held' | 'violated' | 'unobserved'

export interface ProbeJudgement {
  readonly probe: string
  readonly title: string
  readonly capability: string
  readonly verdict: Verdict
  /** Why it is not a plain pass or fail: the refusal, the failure, what was never seen. */
  readonly reason?: string
  /** It was answered with success, and none of these answers came to its end: what held in them shows no support. */
  readonly unfinished?: true
  /** It was refused because it asked for no stream, which says nothing of its capability. */
  readonly streamOnly?: true
  readonly attempts: number
  readonly requests: number
  readonly durationMs: number
  readonly requirements: Readonly<Record<string, Observation>>
  readonly findings: readonly string[]
}

export interface RequirementJudgement {
  readonly id: string
  readonly level: Level
  readonly capability?: string
  readonly observation: Observation
  /** Exchanges on which it was judged held or violated. */
  readonly judged: number
  readonly findings: readonly string[]
}

/** A defect of ours: a check that threw. */
export interface HarnessFault {
  readonly check: string
  readonly requirement: string
  readonly probe: string
  readonly message: string
}

/** What a run saw of a question on which servers differ. */
export interface Observed {
  readonly id: string
  readonly value: string
  /** Some of the probes whose exchanges showed it. */
  readonly probes: readonly string[]
}

export interface Judgement {
  readonly probes: readonly ProbeJudgement[]
  readonly requirements: readonly RequirementJudgement[]
  readonly findings: readonly Finding[]
  readonly traits: readonly { readonly name: Trait; readonly how: string }[]
  /** Endpoints that were asked for, and what became of them. */
  readonly endpoints: readonly {
    readonly endpoint: Endpoint
    readonly presence: 'answered' | 'absent' | 'untestable'
    readonly reason?: string
  }[]
  readonly observations: readonly Observed[]
  readonly harness: readonly HarnessFault[]
  /** Tokens as reported by the endpoint, first attempts and repeats alike. */
  readonly usage: { readonly requests: number; readonly inputTokens: number; readonly outputTokens: number }
}

// ── what is said about it ────────────────────────────────────────────────────

export type Support = 'full' | 'partial' | 'none' | 'broken' | 'unknown'
export type Tally = Readonly<Partial<Record<Verdict, number>>>

export interface CapabilityReport {
  readonly id: string
  readonly title: string
  readonly support: Support
  /** Ids of the findings behind `partial` and `broken`. */
  readonly findings: readonly string[]
  readonly tally: Tally
  /** Why the cell is `none`, `partial` or `unknown` where no finding says it. */
  readonly reason?: string
}

export interface ProfileReport {
  readonly profile: string
  readonly title: string
  /** One sentence. */
  readonly summary: string
  readonly core: { readonly result: 'success' | 'partial' | 'failure'; readonly capabilities: readonly string[]; readonly tally: Tally }
  readonly extended: {
    readonly result: 'success' | 'partial' | 'failure'
    readonly supported: readonly string[]
    readonly unsupported: readonly string[]
    readonly tally: Tally
  }
}

export interface FindingReport extends Finding {
  readonly text: string
  readonly sources: readonly Source[]
  /** Where the requirement is written. */
  readonly origin: Origin
  /** The commands that show it again. */
  readonly again: { readonly run: string; readonly judge?: string; readonly curl?: string }
  readonly baseline?: { readonly reason: string }
}

export interface ObservedReport extends Observed {
  readonly title: string
  /** What the value means, and which settings of clients fit. */
  readonly meaning: string
}

/** `degraded`: the answer is usable, but not whole, or told otherwise than the endpoint meant. */
export type ClientResult = 'works' | 'degraded' | 'breaks' | 'unknown'

/** What the code of a client made of one recorded exchange. */
export interface ClientOutcome {
  readonly result: ClientResult
  /** Kebab-case name of what somebody who uses the client sees. */
  readonly symptom: string
  /** The same in words. */
  readonly sees: string
  /** The client's own words, cut. */
  readonly error?: string
  /** Rows of the client's contract that describe it. */
  readonly rules?: readonly string[]
  /** The endpoint refused or did not answer: nothing else has to explain what the client makes of it. */
  readonly refused?: true
  readonly evidence: { readonly probe: string; readonly attempt: number; readonly step: number; readonly copy?: number }
}

export type ClientApi = 'chat' | 'responses'

/** What a client made of a run; findings are not known here. */
export interface ClientReplay {
  readonly client: string
  /** Package names and versions whose code was run. */
  readonly packages: Readonly<Record<string, string>>
  /** Whether only its chat decides: the other API is used by those who configure it. */
  readonly prefers?: ClientApi
  /** How many exchanges were replayed, by API. */
  readonly replayed: Readonly<Record<ClientApi, number>>
  readonly outcomes: readonly (ClientOutcome & { readonly api: ClientApi })[]
}

/** A replayed exchange with which the client had trouble. */
export interface ClientTrouble extends ClientOutcome {
  readonly api: ClientApi
  /** Findings on the same exchange that accuse the endpoint of something. */
  readonly findings: readonly string[]
  /** A failure that no finding explains: a hole in the suites. */
  readonly unexplained: boolean
}

export interface ClientReport {
  readonly client: string
  readonly packages: Readonly<Record<string, string>>
  readonly result: ClientResult
  readonly apis: Readonly<Record<ClientApi, ClientResult>>
  readonly replayed: Readonly<Record<ClientApi, number>>
  /** What did not simply work. */
  readonly troubles: readonly ClientTrouble[]
  readonly unexplained: number
}

export interface Report {
  readonly $schema: string
  readonly format: 1
  readonly tool: { readonly name: 'wirecheck'; readonly version: string }
  readonly edition: string
  readonly suites: Readonly<Record<string, string>>
  /** True when the reference endpoint or another simulation was the target. */
  readonly simulated: boolean
  readonly target: TargetRecord
  readonly run: {
    readonly startedAt: string
    readonly durationMs: number
    readonly complete: boolean
    readonly requests: number
    readonly inputTokens: number
    readonly outputTokens: number
    readonly transcript?: string
  }
  readonly traits: readonly { readonly name: Trait; readonly how: string }[]
  readonly profiles: readonly ProfileReport[]
  readonly capabilities: readonly CapabilityReport[]
  readonly probes: readonly ProbeJudgement[]
  readonly requirements: readonly RequirementJudgement[]
  readonly findings: readonly FindingReport[]
  readonly endpoints: Judgement['endpoints']
  readonly observations: readonly ObservedReport[]
  readonly harness: readonly HarnessFault[]
  /** Present when clients were named: what their own code made of the recorded answers. */
  readonly clients?: readonly ClientReport[]
  readonly baseline?: { readonly known: readonly string[]; readonly stale: readonly string[]; readonly unobserved: readonly string[] }
}

export interface MatrixCell {
  readonly support: Support
  readonly findings: readonly { readonly id: string; readonly requirement: string }[]
  readonly reason?: string
}

export interface MatrixRow {
  readonly capability: string
  readonly title: string
  readonly part: 'core' | 'extended'
  /** One for each column of the table, in the same order. */
  readonly cells: readonly MatrixCell[]
}

/** An observation by targets, as text: none of its values is better than another. */
export interface MatrixObservation {
  readonly id: string
  readonly title: string
  /** One for each column of the table, in the same order; undefined where nothing was seen. */
  readonly values: readonly (string | undefined)[]
}

/** A client by targets. */
export interface MatrixClient {
  readonly client: string
  /** One for each column of the table, in the same order; undefined where the client was not replayed. */
  readonly results: readonly (ClientResult | undefined)[]
}

export interface MatrixColumn {
  readonly target: string
  readonly model: string
  readonly startedAt: string
  readonly tool: string
  readonly simulated: boolean
  /** Absent when the report does not carry the profile. */
  readonly core?: ProfileReport['core']['result']
  readonly extended?: ProfileReport['extended']['result']
}

/** Reports of one edition over the same suites: only these may stand side by side. */
export interface MatrixTable {
  readonly edition: string
  readonly suites: Readonly<Record<string, string>>
  readonly columns: readonly MatrixColumn[]
  readonly rows: readonly MatrixRow[]
  readonly observations: readonly MatrixObservation[]
  readonly clients: readonly MatrixClient[]
}

export interface Matrix {
  readonly profile: string
  readonly title: string
  readonly tables: readonly MatrixTable[]
}

/** Colours reach the renderers as functions, so that they never look at the process. */
export interface Palette {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly red: (text: string) => string
  readonly green: (text: string) => string
  readonly yellow: (text: string) => string
  readonly cyan: (text: string) => string
}
