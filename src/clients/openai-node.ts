import OpenAI from 'openai'
import { type Caught, caught, type Drive, type DriveInput, type Handed, type HandedCall } from './handed.ts'

type Loose = { readonly [member: string]: unknown }

const asLoose = (value: unknown): Loose | undefined => (typeof value === 'object' && value !== null ? (value as Loose) : undefined)
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/**
 * The `openai` package: `create({ stream: true })` read the way its documentation shows, and the accumulating helper beside it.
 * Nothing is validated here, because the package validates nothing.
 */
export const drive: Drive = async (input) => {
  const client = new OpenAI({
    apiKey: 'replay',
    baseURL: 'http://replay.invalid/v1',
    maxRetries: 0,
    fetch: input.fetch as typeof globalThis.fetch,
    logLevel: 'off',
  })
  const handed = await (input.api === 'chat' ? readChat(client, input) : readResponse(client, input))
  if (!input.stream || handed.errors.length > 0) return handed
  try {
    const request = requestOf(input) as never
    if (input.api === 'chat') await client.chat.completions.stream(request).finalChatCompletion()
    else await client.responses.stream(request).finalResponse()
    return handed
  } catch (error) {
    return { ...handed, helperError: caught(error, true).message }
  }
}

const requestOf = ({ api, model, tools, stream }: DriveInput): object => ({
  model,
  stream,
  ...(api === 'chat' ? { messages: [{ role: 'user', content: 'Hi.' }] } : { input: 'Hi.' }),
  ...(tools.length === 0
    ? {}
    : {
        tools: tools.map(({ name, schema }) =>
          api === 'chat'
            ? { type: 'function', function: { name, parameters: schema } }
            : { type: 'function', name, parameters: schema, strict: false },
        ),
      }),
})

interface Gathered {
  text: string
  reasoning: string
  finish: string | undefined
  calls: Map<unknown, { id: string; name: string; text: string }>
  seen: number
}

const handedOf = ({ text, reasoning, finish, calls, seen }: Gathered, errors: readonly Caught[]): Handed => ({
  text,
  reasoning,
  calls: [...calls.values()].map(parsed),
  announced: [...calls.values()].map(({ id }) => id),
  ...(finish === undefined ? {} : { finish, rawFinish: finish }),
  errors,
  answered: seen > 0,
})

const parsed = ({ id, name, text }: { id: string; name: string; text: string }): HandedCall => {
  try {
    return { id, name, input: text === '' ? {} : JSON.parse(text) }
  } catch {
    return { id, name, input: text, invalid: 'SyntaxError' }
  }
}

const gather = async (read: (gathered: Gathered) => Promise<void>): Promise<Handed> => {
  const gathered: Gathered = { text: '', reasoning: '', finish: undefined, calls: new Map(), seen: 0 }
  try {
    await read(gathered)
    return handedOf(gathered, [])
  } catch (error) {
    const { status } = error as { status?: unknown }
    const met = caught(error, true)
    return handedOf(gathered, [typeof status === 'number' ? { ...met, status } : met])
  }
}

const readChat = (client: OpenAI, input: DriveInput): Promise<Handed> =>
  gather(async (gathered) => {
    const answer = (await client.chat.completions.create(requestOf(input) as never)) as unknown
    if (!input.stream) return takeChoice(gathered, asLoose(asList(asLoose(answer)?.choices)[0]), 'message')
    for await (const chunk of answer as AsyncIterable<Loose>) takeChoice(gathered, asLoose(asList(asLoose(chunk)?.choices)[0]), 'delta')
  })

const takeChoice = (gathered: Gathered, choice: Loose | undefined, member: 'delta' | 'message'): void => {
  if (!choice) return
  gathered.seen++
  const delta = asLoose(choice[member])
  if (typeof choice.finish_reason === 'string') gathered.finish = choice.finish_reason
  if (typeof delta?.content === 'string') gathered.text += delta.content
  const thought = delta?.reasoning_content ?? delta?.reasoning
  if (typeof thought === 'string') gathered.reasoning += thought
  for (const [position, each] of asList(delta?.tool_calls).entries()) {
    const call = asLoose(each)
    const own = asLoose(call?.function)
    const key = member === 'message' ? position : call?.index
    const known = gathered.calls.get(key)
    const piece = typeof own?.arguments === 'string' ? own.arguments : ''
    if (known) known.text += piece
    else gathered.calls.set(key, { id: String(call?.id ?? ''), name: String(own?.name ?? ''), text: piece })
  }
}

const readResponse = (client: OpenAI, input: DriveInput): Promise<Handed> =>
  gather(async (gathered) => {
    const answer = (await client.responses.create(requestOf(input) as never)) as unknown
    if (!input.stream) return takeReply(gathered, asLoose(answer))
    for await (const event of answer as AsyncIterable<Loose>) {
      gathered.seen++
      const item = asLoose(event?.item)
      if (event?.type === 'response.output_text.delta' && typeof event.delta === 'string') gathered.text += event.delta
      else if (/^response\.reasoning\w*\.delta$/.test(String(event?.type)) && typeof event.delta === 'string')
        gathered.reasoning += event.delta
      else if (event?.type === 'response.output_item.done' && item?.type === 'function_call')
        gathered.calls.set(event.output_index, {
          id: String(item.call_id ?? ''),
          name: String(item.name ?? ''),
          text: String(item.arguments ?? ''),
        })
      else if (/^response\.(completed|incomplete|failed)$/.test(String(event?.type))) gathered.finish = String(event.type).slice(9)
    }
  })

const takeReply = (gathered: Gathered, reply: Loose | undefined): void => {
  if (!reply) return
  gathered.seen++
  if (typeof reply.status === 'string') gathered.finish = reply.status
  for (const [position, each] of asList(reply.output).entries()) {
    const item = asLoose(each)
    if (item?.type === 'function_call')
      gathered.calls.set(position, { id: String(item.call_id ?? ''), name: String(item.name ?? ''), text: String(item.arguments ?? '') })
    for (const part of asList(item?.content)) {
      const own = asLoose(part)
      if (item?.type === 'message' && typeof own?.text === 'string') gathered.text += own.text
    }
  }
}
