/** Any JSON object, as parsed. */
export type Dict = Record<string, unknown>

/** One call of a function by the model. */
export type Call = { id: string; name: string; args: string }

/** One turn of a conversation, whatever the endpoint it came through. */
export type Turn = { role: string; text: string; calls: Call[] }

/** A declared function: its schema, and its source text, which is what the prompt pays for. */
export type Tool = { name: string; schema: Dict; source: string }

/** What a request asks of the model, once it has been understood. */
export type Ask = {
  model: string
  turns: Turn[]
  tools: Tool[]
  choice: 'none' | 'auto' | 'required'
  /** names that may be called; empty means all */
  only: string[]
  several: boolean
  cap: number
  stops: string[]
  n: number
  stream: boolean
  wantsUsage: boolean
  /** how many alternatives per token; undefined when no probabilities are wanted */
  logprobs: number | undefined
  /** tokens per chunk */
  grain: number
  body: Dict
}

/** What the model said. */
export type Said = {
  thought: string
  text: string
  calls: Call[]
  finish: string
  promptTokens: number
  outTokens: number
  thoughtTokens: number
}

/** A request refused, with the rule it broke (a name that only faults look at). */
export type Failure = {
  rule: string
  status: number
  message: string
  type: string
  param: string | null
  code: string | null
  fields?: [string, string][]
}

/** The exchange a bend is looking at. */
export type Where = {
  kind: 'chat' | 'responses' | 'models' | 'model' | 'stored' | 'none'
  method: string
  path: string
  headers: Record<string, string | string[] | undefined>
  /** the parsed body, whatever it was */
  sent: unknown
  stream: boolean
  serial: number
  status: number
}

/** Status line and header fields. */
export type Head = { status: number; fields: [string, string][] }

/** How the body ends: as it should, cut off, late, or with the connection dropped without a word. */
type Ending = 'end' | 'cut' | 'hold' | 'hang-up'

/** Places where the server lets itself be bent, in the order in which they are passed. */
export type Bend = {
  thinks?: boolean
  admit?: (given: string | undefined, key: string, honest: Failure | undefined) => Failure | undefined
  object?: (body: Dict, where: Where) => Failure | undefined
  refuse?: (failure: Failure, where: Where) => Failure | undefined
  ask?: (ask: Ask, where: Where) => void
  said?: (said: Said, ask: Ask, where: Where) => void
  json?: (text: string, where: Where) => string
  blocks?: (blocks: string[], where: Where) => string[]
  head?: (head: Head, where: Where) => void
  bytes?: (bytes: Buffer, where: Where) => Buffer
  pieces?: (blocks: Buffer[], where: Where) => Buffer[][]
  ending?: (where: Where) => Ending
  lateErrors?: boolean
}

/** A single defect. `key` says that it shows only on a server that asks for one. */
export type Fault = {
  name: string
  level: 'must' | 'should'
  /** requirements it breaks: the one a reader would name comes first */
  breaks: string[]
  why: string
  key: boolean
  bend: Bend
}

/** A legal way to differ. `mayReport` lists catalogue rules that a strict reader could still book. */
export type Variant = { name: string; why: string; mayReport: string[]; bend: Bend }

/** A defect at level MUST. */
export function must(name: string, breaks: string[], why: string, bend: Bend): Fault {
  return { name, level: 'must', breaks, why, key: bend.admit !== undefined && !name.startsWith('open-'), bend }
}

/** A defect at level SHOULD. */
export function should(name: string, breaks: string[], why: string, bend: Bend): Fault {
  return { ...must(name, breaks, why, bend), level: 'should' }
}

/** Edits plain chat replies. */
export function chatJson(edit: (text: string, where: Where) => string): Bend {
  return { json: (text, where) => (where.kind === 'chat' && where.status === 200 ? edit(text, where) : text) }
}

/** Edits plain Responses replies. */
export function responseJson(edit: (text: string, where: Where) => string): Bend {
  return { json: (text, where) => (where.kind === 'responses' && where.status === 200 ? edit(text, where) : text) }
}

/** Edits the model list and its entries. */
export function modelsJson(edit: (text: string, where: Where) => string): Bend {
  return { json: (text, where) => (where.kind === 'models' && where.status === 200 ? edit(text, where) : text) }
}

/** Edits error bodies. */
export function errorJson(edit: (text: string, where: Where) => string): Bend {
  return { json: (text, where) => (where.status >= 400 ? edit(text, where) : text) }
}

/** Edits the blocks of chat streams, all at once. */
export function chunkList(edit: (blocks: string[], where: Where) => string[]): Bend {
  return { blocks: (blocks, where) => (where.kind === 'chat' ? edit(blocks, where) : blocks) }
}

/** Edits each block of a chat stream. */
export function chunk(edit: (block: string, at: number, where: Where) => string): Bend {
  return chunkList((blocks, where) => blocks.map((block, at) => edit(block, at, where)))
}

/** Edits the blocks of Responses streams, all at once. */
export function eventList(edit: (blocks: string[], where: Where) => string[]): Bend {
  return { blocks: (blocks, where) => (where.kind === 'responses' ? edit(blocks, where) : blocks) }
}

/** Edits each block of a Responses stream; with `type`, only events of that type. */
export function event(type: string, edit: (block: string, at: number) => string): Bend {
  return eventList((blocks) => blocks.map((block, at) => (type === '' || block.startsWith(`event: ${type}\n`) ? edit(block, at) : block)))
}

/** Edits failures of one rule (or of several); undefined lets the request pass. */
export function ruled(rules: string, edit: (failure: Failure, where: Where) => Failure | undefined): Bend {
  const named = rules.split(' ')
  return { refuse: (failure, where) => (named.includes(failure.rule) ? edit(failure, where) : failure) }
}

/** A refusal with status 400. */
export function bad(rule: string, param: string | null, message: string, code: string | null = null): Failure {
  return { rule, status: 400, message, type: 'invalid_request_error', param, code }
}
