/** Which protocol a package of the AI SDK speaks. */
export type Api = 'chat' | 'responses' | 'messages' | 'own'

/** The packages that OpenCode brings along; every other one is installed when it is first used. */
export const bundled: Readonly<Record<string, Api>> = {
  '@ai-sdk/openai-compatible': 'chat',
  '@ai-sdk/openai': 'responses',
  '@ai-sdk/anthropic': 'messages',
  '@openrouter/ai-sdk-provider': 'chat',
  '@ai-sdk/alibaba': 'chat',
  '@ai-sdk/cerebras': 'chat',
  '@ai-sdk/deepinfra': 'chat',
  '@ai-sdk/groq': 'chat',
  '@ai-sdk/mistral': 'chat',
  '@ai-sdk/perplexity': 'chat',
  '@ai-sdk/togetherai': 'chat',
  '@ai-sdk/vercel': 'chat',
  'venice-ai-sdk-provider': 'chat',
  '@ai-sdk/xai': 'responses',
  '@ai-sdk/amazon-bedrock': 'own',
  '@ai-sdk/amazon-bedrock/mantle': 'own',
  '@ai-sdk/azure': 'own',
  '@ai-sdk/cohere': 'own',
  '@ai-sdk/gateway': 'own',
  '@ai-sdk/google': 'own',
  '@ai-sdk/google-vertex': 'own',
  '@ai-sdk/google-vertex/anthropic': 'own',
  'gitlab-ai-provider': 'own',
}

export const compatible = '@ai-sdk/openai-compatible'
export const openai = '@ai-sdk/openai'

/** What a package appends to the base URL. */
export const pathOf: Readonly<Record<Api, string>> = {
  chat: '/chat/completions',
  responses: '/responses',
  messages: '/messages',
  own: '',
}

/** Providers whose loader asks for the Responses API whatever the package's default is. */
export const responsesIds: ReadonlySet<string> = new Set(['openai', 'meta', 'xai'])
