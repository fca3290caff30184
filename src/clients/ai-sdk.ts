import { type Caught, caught, type Drive, type DriveInput, type Handed, type HandedCall } from './handed.ts'

/** What a version of the AI SDK must offer to be driven; each is loaded by a file of its own, so that none costs the other. */
export interface Sdk {
  readonly streamText: (options: never) => { readonly fullStream: AsyncIterable<unknown> }
  readonly generateText: (options: never) => PromiseLike<unknown>
  readonly tool: (options: never) => unknown
  readonly jsonSchema: (schema: never) => unknown
  readonly chat: (settings: Settings) => (model: string) => unknown
  readonly responses: (settings: Settings) => (model: string) => unknown
}

export interface Settings {
  readonly name: string
  readonly baseURL: string
  readonly apiKey: string
  readonly includeUsage: boolean
  readonly fetch: typeof globalThis.fetch
}

/** What OpenCode adds to a call of the SDK. */
export interface SdkExtras {
  readonly tools?: readonly { readonly name: string; readonly schema: object }[]
  readonly repair?: (call: { readonly toolName: string }, known: readonly string[], error: unknown) => object
}

type Part = { readonly type: string } & Readonly<Record<string, unknown>>

/** Makes a driver of a version: its own `streamText` or `generateText` reads the recorded answer. */
export const createSdkDrive =
  (sdk: Sdk, extras: SdkExtras = {}): Drive =>
  async (input) => {
    const settings: Settings = {
      name: 'replay',
      baseURL: 'http://replay.invalid/v1',
      apiKey: 'replay',
      includeUsage: true,
      fetch: input.fetch as typeof globalThis.fetch,
    }
    // the SDK tells of its deprecations on the console
    ;(globalThis as { AI_SDK_LOG_WARNINGS?: unknown }).AI_SDK_LOG_WARNINGS = false
    const declared = [...input.tools, ...(input.tools.length > 0 ? (extras.tools ?? []) : [])]
    const names = input.tools.map(({ name }) => name)
    const options = {
      model: sdk[input.api](settings)(input.model),
      prompt: 'Hi.',
      maxRetries: 0,
      onError: () => undefined,
      ...(declared.length > 0 ? { tools: toolsOf(sdk, declared) } : {}),
      ...(extras.repair
        ? {
            experimental_repairToolCall: async ({ toolCall, error }: { toolCall: { toolName: string }; error: unknown }) =>
              extras.repair?.(toolCall, names, error),
          }
        : {}),
    }
    return input.stream ? await readStream(sdk, options) : await readWhole(sdk, options)
  }

const toolsOf = (sdk: Sdk, tools: DriveInput['tools']): object =>
  Object.fromEntries(tools.map(({ name, schema }) => [name, sdk.tool({ inputSchema: sdk.jsonSchema(schema as never) } as never)]))

const callOf = (part: Readonly<Record<string, unknown>>): HandedCall => ({
  id: String(part.toolCallId),
  name: String(part.toolName),
  input: part.input,
  ...(part.invalid === true ? { invalid: caught(part.error, false).name } : {}),
})

const readStream = async (sdk: Sdk, options: object): Promise<Handed> => {
  const text: string[] = []
  const reasoning: string[] = []
  const calls: HandedCall[] = []
  const announced: string[] = []
  const errors: Caught[] = []
  let finish: Part | undefined
  try {
    for await (const each of sdk.streamText(options as never).fullStream) {
      const part = each as Part
      if (part.type === 'text-delta') text.push(String(part.text))
      else if (part.type === 'reasoning-delta') reasoning.push(String(part.text))
      else if (part.type === 'tool-input-start') announced.push(String(part.id))
      else if (part.type === 'tool-call') calls.push(callOf(part))
      else if (part.type === 'error') errors.push(caught(part.error, false))
      else if (part.type === 'finish') finish = part
    }
  } catch (error) {
    errors.push(caught(error, true))
  }
  return {
    text: text.join(''),
    reasoning: reasoning.join(''),
    calls,
    announced,
    ...(typeof finish?.finishReason === 'string' ? { finish: finish.finishReason } : {}),
    ...(typeof finish?.rawFinishReason === 'string' ? { rawFinish: finish.rawFinishReason } : {}),
    errors,
    answered: text.length + calls.length + reasoning.length > 0,
  }
}

const readWhole = async (sdk: Sdk, options: object): Promise<Handed> => {
  try {
    const { onError: _, ...rest } = options as { onError?: unknown }
    const result = (await sdk.generateText(rest as never)) as Readonly<Record<string, unknown>>
    const calls = ((result.toolCalls ?? []) as readonly Readonly<Record<string, unknown>>[]).map(callOf)
    return {
      text: String(result.text ?? ''),
      reasoning: typeof result.reasoningText === 'string' ? result.reasoningText : '',
      calls,
      announced: calls.map(({ id }) => id),
      ...(typeof result.finishReason === 'string' ? { finish: result.finishReason } : {}),
      ...(typeof result.rawFinishReason === 'string' ? { rawFinish: result.rawFinishReason } : {}),
      errors: [],
      answered: true,
    }
  } catch (error) {
    return { text: '', reasoning: '', calls: [], announced: [], errors: [caught(error, true)], answered: false }
  }
}
