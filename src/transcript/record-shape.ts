/**
 * What a transcript must look like to be read at all. A file may come from anybody: what passes here can be judged
 * without a type going wrong, and whether it makes sense is the judge's question.
 */
type Test = (value: unknown) => boolean

const isText: Test = (value) => typeof value === 'string'
const isNumber: Test = (value) => typeof value === 'number' && Number.isFinite(value)
const isInteger: Test = (value) => Number.isInteger(value)
const isFlag: Test = (value) => typeof value === 'boolean'
const oneOf =
  (...values: readonly unknown[]): Test =>
  (value) =>
    values.includes(value)
const listOf =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every(test)
const mapOf =
  (test: Test): Test =>
  (value) =>
    isMap(value) && Object.values(value).every(test)
const optional =
  (test: Test): Test =>
  (value) =>
    value === undefined || test(value)
const shaped =
  (members: Readonly<Record<string, Test>>): Test =>
  (value) =>
    isMap(value) && Object.entries(members).every(([name, test]) => test(Object.hasOwn(value, name) ? value[name] : undefined))

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const isPair: Test = (value) => Array.isArray(value) && value.length === 2 && value.every(isText)
const body = { body: optional(isText), bodyBase64: optional(isText), bodyFile: optional(isText) }

export const isHeader = shaped({
  tool: isText,
  target: shaped({ name: isText, url: isText, models: mapOf(isText), declares: listOf(isText), insecure: isFlag, simulated: isFlag }),
  suites: mapOf(isText),
  plan: listOf(isText),
  startedAt: isText,
})

export const isTraits = shaped({ traits: listOf(shaped({ name: isText, how: isText })) })

export const isFooter = shaped({ exchanges: isInteger, skipped: mapOf(isText), durationMs: isNumber })

const isRequest = shaped({
  endpoint: isText,
  url: isText,
  headers: listOf(isPair),
  sentAtMs: isNumber,
  connection: optional(oneOf('first', 'kept', 'closed', 'dropped')),
  ...body,
})

const isResponse = shaped({
  status: isInteger,
  headers: listOf(isPair),
  reads: listOf(isNumber),
  end: oneOf('complete', 'truncated', 'stopped', 'timeout'),
  endReason: optional(isText),
  headersAtMs: isNumber,
  endAtMs: isNumber,
  ...body,
})

const isFailure = shaped({ code: isText, message: isText, atMs: isNumber })

const isAnswered = shaped({ response: isResponse })
const isFailed = shaped({ failure: isFailure })
const isAddressed = shaped({
  probe: isText,
  attempt: isInteger,
  step: isInteger,
  copy: optional(isInteger),
  try: isInteger,
  auth: isText,
  request: isRequest,
})

export const isExchange: Test = (value) =>
  isAddressed(value) && (isAnswered(value) || (isFailed(value) && (value as { response?: unknown }).response === undefined))
