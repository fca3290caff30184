import type { ClientResult } from '../types.ts'

/** What somebody who uses a client sees, and how bad it is. `rows` names the rows of OpenCode's contract that say so. */
export interface Symptom {
  readonly result: ClientResult
  readonly sees: string
  readonly rows?: readonly string[]
}

/** Troubles of the content: the same for every client, because what was lost is lost. */
export const contentSymptoms = {
  blank: {
    result: 'breaks',
    sees: 'a blank reply: the text is on the wire, but where the client does not read it',
    rows: ['CH-015', 'CH-016', 'RS-08', 'RS-09'],
  },
  'tool-call-lost': { result: 'breaks', sees: 'a tool call is lost without a word', rows: ['CH-118', 'RS-13', 'RS-14', 'RS-15', 'RS-16'] },
  'arguments-lost': { result: 'breaks', sees: 'a tool is called with other arguments than were sent', rows: ['CH-113'] },
  'arguments-rest-dropped': {
    result: 'degraded',
    sees: 'a tool is called with the first arguments that are complete; what comes behind them is lost',
    rows: ['CH-113'],
  },
  'arguments-garbled': {
    result: 'breaks',
    sees: 'the arguments of a tool call cannot be read, because its fragments do not add up',
    rows: ['CH-114'],
  },
  'arguments-encoded-twice': {
    result: 'breaks',
    sees: 'the arguments of a tool call arrive as a string, not as an object',
    rows: ['CH-115'],
  },
  'tool-name-cut': { result: 'breaks', sees: 'a tool is called by the first piece of its name', rows: ['CH-108'] },
  'tool-call-as-text': { result: 'breaks', sees: 'the tool call is shown as text, and nothing is called', rows: ['CH-128'] },
  'invalid-arguments': {
    result: 'degraded',
    sees: 'a tool call with arguments that are no JSON, handed back to the model',
    rows: ['CH-112', 'CH-122'],
  },
  'arguments-unfit': {
    result: 'degraded',
    sees: 'arguments that do not fit the schema, handed back to the model',
    rows: ['CH-110', 'CH-116'],
  },
  'unknown-tool': { result: 'degraded', sees: 'a call of a tool that was not declared, handed back to the model', rows: ['CH-130'] },
  'empty-tool-id': { result: 'degraded', sees: 'a tool call with an empty id, which is sent back as it is', rows: ['CH-104'] },
  'duplicate-call': { result: 'degraded', sees: 'one tool call becomes several', rows: ['CH-131'] },
  'duplicate-tool-ids': {
    result: 'degraded',
    sees: 'two tool calls share an id, so that their results cannot be told apart',
    rows: ['CH-119'],
  },
  'refusal-dropped': { result: 'degraded', sees: 'a blank reply in place of the refusal', rows: ['CH-027', 'RS-21'] },
  'reasoning-only': { result: 'degraded', sees: 'thoughts, but no answer', rows: ['CH-089'] },
  'reasoning-dropped': { result: 'degraded', sees: 'the thoughts are not shown', rows: ['CH-087', 'RS-19'] },
  'thinking-in-text': { result: 'degraded', sees: 'raw thoughts inside the answer', rows: ['CH-088'] },
  'text-differs': { result: 'degraded', sees: 'another text than the one that was sent', rows: ['CH-012'] },
  empty: { result: 'degraded', sees: 'an empty reply, as the endpoint sent it', rows: ['CH-026'] },
  works: { result: 'works', sees: 'the answer as it was sent' },
} as const satisfies Readonly<Record<string, Symptom>>

/** Troubles of a client that is a library: what it raises, and what it leaves out. */
export const librarySymptoms = {
  hangs: { result: 'breaks', sees: 'no end: the client waits for bytes that never come', rows: ['CH-043', 'CH-066', 'RS-32'] },
  'cannot-connect': { result: 'breaks', sees: 'no answer at all', rows: ['HE-19'] },
  redirected: { result: 'breaks', sees: 'the request is lost behind a redirection' },
  error: { result: 'breaks', sees: 'an error in place of the answer, or of a part of it' },
  'bad-chunk': { result: 'degraded', sees: 'the whole answer, and an error beside it' },
  'nothing-read': { result: 'breaks', sees: 'an empty answer without an error: nothing in it could be read' },
  'finish-unknown': { result: 'degraded', sees: 'an answer without a known reason for its end' },
  'tools-not-run': { result: 'breaks', sees: 'a tool call that is never run: the reason for the end of the answer is not known' },
  'helper-fails': { result: 'degraded', sees: 'the answer by plain iteration, an error by the accumulating helper' },
  'server-error-shown': { result: 'degraded', sees: 'the failure that the endpoint reported' },
  'error-shown': { result: 'works', sees: 'the refusal in the words of the endpoint' },
  'error-bare': { result: 'degraded', sees: 'a refusal without the words of the endpoint' },
  'not-loaded': {
    result: 'unknown',
    sees: 'nothing could be tried: the code of the client does not run on this version of Node and needs Node 22',
  },
  'not-replayed': { result: 'unknown', sees: 'nothing could be tried: the replay itself failed, which is a defect of wirecheck' },
  'not-whole': { result: 'unknown', sees: 'the recording was ended by wirecheck, not by the endpoint' },
} as const satisfies Readonly<Record<string, Symptom>>
