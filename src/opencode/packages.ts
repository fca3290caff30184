import type { Json } from './world.ts'

/** Which protocol a package of the AI SDK speaks. */
export type Api = 'chat' | 'responses' | 'messages' | 'own'

/** How a package asks, read from the versions that OpenCode 1.18 brings along. */
export interface Package {
  readonly api: Api
  /** Where it asks without a base URL. */
  readonly baseUrl?: string
  /** Takes the place of that address. */
  readonly baseUrlVariable?: string
  /** Where it looks for a key of which OpenCode knows nothing; without one it sends nothing at all. */
  readonly variable?: string
  /** Absent: as bearer. */
  readonly keyIn?: 'api-key' | 'x-api-key'
  /** What it puts between the base URL and the path. */
  readonly below?: string
  /** Absent: `max_tokens`. */
  readonly cap?: 'max_completion_tokens'
  /** Whether it asks streams for usage; absent: unless `includeUsage` is false. */
  readonly usage?: boolean
  /** It declares no tools, whatever OpenCode has. */
  readonly tools?: false
  /** Whose messages it sends as a list of parts, where others send a string. */
  readonly parts?: 'system' | 'user'
  /** Members of the body that only it has. */
  readonly extra?: Json
  /** Whose code reads the answers; absent: code of its own, which is not replayed. */
  readonly reader?: 'openai-compatible' | 'openai'
  /** Why it cannot be asked in its place. */
  readonly why?: string
}

const alike = { api: 'chat', reader: 'openai-compatible' } as const satisfies Package
const aws = 'requests to AWS are signed with its own credentials'
const googleCloud = 'requests to Google Cloud need a token that its own libraries fetch'

/** The packages that OpenCode brings along; every other one is installed when it is first used. */
export const bundled: Readonly<Record<string, Package>> = {
  '@ai-sdk/openai-compatible': alike,
  '@ai-sdk/openai': { api: 'responses', baseUrl: 'https://api.openai.com/v1', variable: 'OPENAI_API_KEY', reader: 'openai' },
  '@ai-sdk/anthropic': {
    api: 'messages',
    baseUrl: 'https://api.anthropic.com/v1',
    baseUrlVariable: 'ANTHROPIC_BASE_URL',
    variable: 'ANTHROPIC_API_KEY',
    keyIn: 'x-api-key',
  },
  '@ai-sdk/azure': { api: 'responses', variable: 'AZURE_API_KEY', keyIn: 'api-key', reader: 'openai' },
  '@openrouter/ai-sdk-provider': {
    api: 'chat',
    baseUrl: 'https://openrouter.ai/api/v1',
    variable: 'OPENROUTER_API_KEY',
    usage: false,
    parts: 'system',
    extra: { usage: { include: true } },
  },
  '@ai-sdk/alibaba': {
    api: 'chat',
    baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
    variable: 'ALIBABA_API_KEY',
    parts: 'user',
  },
  '@ai-sdk/cerebras': { ...alike, baseUrl: 'https://api.cerebras.ai/v1', variable: 'CEREBRAS_API_KEY', usage: false },
  '@ai-sdk/deepinfra': {
    ...alike,
    baseUrl: 'https://api.deepinfra.com/v1',
    variable: 'DEEPINFRA_API_KEY',
    below: '/openai',
    usage: false,
  },
  '@ai-sdk/groq': { api: 'chat', baseUrl: 'https://api.groq.com/openai/v1', variable: 'GROQ_API_KEY', usage: false },
  '@ai-sdk/mistral': { api: 'chat', baseUrl: 'https://api.mistral.ai/v1', variable: 'MISTRAL_API_KEY', usage: false, parts: 'user' },
  '@ai-sdk/perplexity': { api: 'chat', baseUrl: 'https://api.perplexity.ai', variable: 'PERPLEXITY_API_KEY', usage: false, tools: false },
  '@ai-sdk/togetherai': { ...alike, baseUrl: 'https://api.together.xyz/v1', variable: 'TOGETHER_API_KEY', usage: true },
  '@ai-sdk/vercel': { ...alike, baseUrl: 'https://api.v0.dev/v1', variable: 'VERCEL_API_KEY', usage: false },
  'venice-ai-sdk-provider': {
    api: 'chat',
    baseUrl: 'https://api.venice.ai/api/v1',
    variable: 'VENICE_API_KEY',
    cap: 'max_completion_tokens',
    usage: false,
    extra: { venice_parameters: { include_venice_system_prompt: false } },
  },
  '@ai-sdk/xai': { api: 'chat', baseUrl: 'https://api.x.ai/v1', variable: 'XAI_API_KEY', cap: 'max_completion_tokens', usage: true },
  '@ai-sdk/amazon-bedrock': { api: 'own', why: aws },
  '@ai-sdk/amazon-bedrock/mantle': { api: 'own', why: aws },
  '@ai-sdk/cohere': { api: 'own', why: 'Cohere has an API of its own' },
  '@ai-sdk/gateway': { api: 'own', why: 'the gateway of Vercel takes calls of the AI SDK, and no API of OpenAI' },
  '@ai-sdk/github-copilot': { api: 'own', why: 'GitHub Copilot needs a token that is fetched for an account' },
  '@ai-sdk/google': { api: 'own', why: 'Gemini has an API of its own' },
  '@ai-sdk/google-vertex': { api: 'own', why: googleCloud },
  '@ai-sdk/google-vertex/anthropic': { api: 'own', why: googleCloud },
  'gitlab-ai-provider': { api: 'own', why: 'GitLab has an API of its own' },
}

export const compatible = '@ai-sdk/openai-compatible'
export const openai = '@ai-sdk/openai'
export const azure = '@ai-sdk/azure'

/** A package that is not among them is most likely made for chat, and reads in a way of its own. */
export const packageOf = (npm: string): Package => (Object.hasOwn(bundled, npm) ? (bundled[npm] as Package) : { api: 'chat' })

/** What a package appends to the base URL. */
export const pathOf: Readonly<Record<Api, string>> = {
  chat: '/chat/completions',
  responses: '/responses',
  messages: '/messages',
  own: '',
}

/** Providers whose loader asks for the Responses API whatever the package's default is. */
export const responsesIds: ReadonlySet<string> = new Set(['openai', 'meta', 'xai'])

/** Providers of the public catalogue bring their package along. */
export const catalogued: Readonly<Record<string, string>> = {
  openai,
  anthropic: '@ai-sdk/anthropic',
  azure,
  'amazon-bedrock': '@ai-sdk/amazon-bedrock',
  cerebras: '@ai-sdk/cerebras',
  cohere: '@ai-sdk/cohere',
  deepinfra: '@ai-sdk/deepinfra',
  'github-copilot': '@ai-sdk/github-copilot',
  gitlab: 'gitlab-ai-provider',
  google: '@ai-sdk/google',
  'google-vertex': '@ai-sdk/google-vertex',
  'google-vertex-anthropic': '@ai-sdk/google-vertex/anthropic',
  groq: '@ai-sdk/groq',
  mistral: '@ai-sdk/mistral',
  openrouter: '@openrouter/ai-sdk-provider',
  perplexity: '@ai-sdk/perplexity',
  togetherai: '@ai-sdk/togetherai',
  v0: '@ai-sdk/vercel',
  venice: 'venice-ai-sdk-provider',
  vercel: '@ai-sdk/gateway',
  xai: '@ai-sdk/xai',
}

const title = { 'http-referer': 'https://opencode.ai/', 'x-title': 'opencode' }

/** Headers that OpenCode sends to providers of these ids; those of the configuration replace them. */
export const headersOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  anthropic: { 'anthropic-beta': 'interleaved-thinking-2025-05-14,fine-grained-tool-streaming-2025-05-14' },
  openrouter: title,
  vercel: title,
  zenmux: title,
}
