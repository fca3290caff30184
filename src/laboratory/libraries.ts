import * as sdk6 from 'ai-6'
import * as sdk7 from 'ai-7'
import { createOpenAI as responses6 } from 'ai-sdk-openai-3'
import { createOpenAI as responses7 } from 'ai-sdk-openai-4'
import { createOpenAICompatible as chat6 } from 'ai-sdk-openai-compatible-2'
import { createOpenAICompatible as chat7 } from 'ai-sdk-openai-compatible-3'
import OpenAI from 'openai'
import { z } from 'zod'
import type { Chosen } from './choose.ts'
import type { LabEndpoint } from './endpoint.ts'
import { nameTurn, type Observed } from './observed.ts'
import { prompt } from './prompt.ts'

/** What a program of a few lines gets from a library, as its documentation shows it. */
interface Got {
  text: string
  toolsDone: number
  toolsFailed: number
  error?: string
}

type Program = (chosen: Chosen, url: string, signal: AbortSignal, got: Got) => Promise<void>

const parameters = {
  type: 'object',
  properties: { command: { type: 'string' } },
  required: ['command'],
  additionalProperties: false,
} as const
const inputSchema = z.object({ command: z.string() })
const description = 'Runs a command in a shell.'
/** Both answers may stay open for three seconds each. */
const waitMs = 10_000

const textOf = (error: unknown): string => (error instanceof Error ? error.message : (JSON.stringify(error) ?? String(error)))

const withSdk =
  (sdk: typeof sdk6, chat: typeof chat6, responses: typeof responses6): Program =>
  async ({ api, model }, baseURL, abortSignal, got) => {
    ;(globalThis as { AI_SDK_LOG_WARNINGS?: unknown }).AI_SDK_LOG_WARNINGS = false
    const settings = { name: 'laboratory', baseURL, apiKey: 'laboratory' }
    const result = sdk.streamText({
      model: api === 'chat' ? chat({ ...settings, includeUsage: true }).chatModel(model) : responses(settings).responses(model),
      prompt,
      maxRetries: 0,
      abortSignal,
      stopWhen: sdk.stepCountIs(4),
      onError: () => undefined,
      tools: {
        bash: sdk.tool({ description, inputSchema, execute: async () => 'Done.' }),
      },
    })
    for await (const part of result.fullStream) {
      // only the last step is the answer
      if (part.type === 'start-step') got.text = ''
      else if (part.type === 'text-delta') got.text += part.text
      else if (part.type === 'tool-result') got.toolsDone += 1
      else if (part.type === 'tool-error') got.toolsFailed += 1
      else if (part.type === 'error') got.error ??= textOf(part.error)
      else if (part.type === 'abort') got.error ??= 'aborted'
    }
  }

interface Said {
  text: string
  readonly calls: Map<unknown, { id: string; name: string; arguments: string }>
}

/** What prints as `[object Object]` shows nobody the answer. */
const shown = (text: unknown): string => (typeof text === 'string' ? text : '')

const runCalls = ({ calls }: Said, got: Got): void => {
  for (const call of calls.values()) {
    try {
      const input = JSON.parse(call.arguments || '{}') as { command?: unknown }
      if (call.name === 'bash' && typeof input.command === 'string') got.toolsDone += 1
      else got.toolsFailed += 1
    } catch {
      got.toolsFailed += 1
    }
  }
}

const withOpenai: Program = async ({ api, model }, baseURL, signal, got) => {
  const client = new OpenAI({ apiKey: 'laboratory', baseURL, maxRetries: 0, logLevel: 'off' })
  const history: unknown[] = [{ role: 'user', content: prompt }]
  for (let step = 0; step < 4; step += 1) {
    const said: Said = { text: '', calls: new Map() }
    if (api === 'chat') {
      const tools = [{ type: 'function' as const, function: { name: 'bash', description, parameters } }]
      const stream = await client.chat.completions.create({ model, messages: history as never, tools, stream: true }, { signal })
      for await (const chunk of stream) {
        const delta = chunk.choices[0]?.delta
        said.text += shown(delta?.content)
        for (const call of delta?.tool_calls ?? []) {
          const known = said.calls.get(call.index)
          if (known) known.arguments += call.function?.arguments ?? ''
          else
            said.calls.set(call.index, {
              id: call.id ?? '',
              name: call.function?.name ?? '',
              arguments: call.function?.arguments ?? '',
            })
        }
      }
      history.push({
        role: 'assistant',
        content: said.text,
        tool_calls: [...said.calls.values()].map(({ id, ...own }) => ({ id, type: 'function', function: own })),
      })
      for (const { id } of said.calls.values()) history.push({ role: 'tool', tool_call_id: id, content: 'Done.' })
    } else {
      const tools = [{ type: 'function' as const, name: 'bash', description, parameters, strict: false }]
      const stream = await client.responses.create({ model, input: history as never, tools, stream: true, store: false }, { signal })
      for await (const event of stream) {
        if (event.type === 'response.output_text.delta') said.text += shown(event.delta)
        else if (event.type === 'response.output_item.done' && event.item.type === 'function_call') {
          const { call_id, name, arguments: text } = event.item
          said.calls.set(event.output_index, { id: call_id, name, arguments: text })
          history.push({ type: 'function_call', call_id, name, arguments: text })
          history.push({ type: 'function_call_output', call_id, output: 'Done.' })
        } else if (event.type === 'response.failed') throw new Error(event.response.error?.message ?? 'failed')
      }
    }
    runCalls(said, got)
    got.text = said.text
    if (said.calls.size === 0) return
  }
}

/** The programs, by the id of the client whose replay predicts them. */
export const libraries: Readonly<Record<string, Program>> = {
  'ai-sdk-6': withSdk(sdk6, chat6, responses6),
  // the two versions differ in nothing that is used here
  'ai-sdk-7': withSdk(sdk7 as unknown as typeof sdk6, chat7 as unknown as typeof chat6, responses7 as unknown as typeof responses6),
  'openai-node': withOpenai,
}

export const askLibrary = async (program: Program, chosen: Chosen, endpoint: LabEndpoint): Promise<Observed> => {
  const started = performance.now()
  const got: Got = { text: '', toolsDone: 0, toolsFailed: 0 }
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), waitMs)
  try {
    await program(chosen, endpoint.url, controller.signal, got)
  } catch (error) {
    got.error ??= textOf(error)
  } finally {
    clearTimeout(timer)
  }
  const timedOut = controller.signal.aborted
  return nameTurn({
    requests: endpoint.exchanges.length,
    repeated: 0,
    capped: endpoint.isCapped(),
    timedOut,
    ms: Math.round(performance.now() - started),
    ...(got.error === undefined || timedOut ? {} : { error: got.error }),
    text: got.text,
    toolsDone: got.toolsDone,
    toolsFailed: got.toolsFailed,
    spoken: endpoint.spoken.reduce((sum, calls) => sum + calls, 0),
  })
}
