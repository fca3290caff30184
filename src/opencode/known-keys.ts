/** The members that OpenCode 1.18 knows of a provider and a model; everything else is dropped without a word. */
export interface Spec {
  readonly is: 'string' | 'number' | 'boolean' | 'strings' | 'limit-time' | 'object' | 'any'
  readonly members?: Readonly<Record<string, Spec>>
  readonly required?: readonly string[]
  /** Members of any name, all alike. */
  readonly each?: Spec
  /** Other members are used too. */
  readonly open?: boolean
}

const string: Spec = { is: 'string' }
const number: Spec = { is: 'number' }
const boolean: Spec = { is: 'boolean' }
const strings: Spec = { is: 'strings' }
const any: Spec = { is: 'any' }
const time: Spec = { is: 'limit-time' }
const map: Spec = { is: 'object', open: true }

const model: Spec = {
  is: 'object',
  members: {
    id: string,
    name: string,
    family: string,
    release_date: string,
    status: string,
    experimental: any,
    cost: map,
    attachment: boolean,
    modalities: { is: 'object', open: true, members: { input: strings, output: strings } },
    reasoning: boolean,
    temperature: boolean,
    tool_call: boolean,
    interleaved: any,
    limit: { is: 'object', members: { context: number, input: number, output: number }, required: ['context', 'output'] },
    options: map,
    headers: { is: 'object', each: string },
    variants: map,
    provider: { is: 'object', open: true, members: { npm: string, api: string } },
    // members of the public catalogue of models, which may be copied along
    knowledge: any,
    last_updated: any,
    open_weights: any,
    structured_output: any,
  },
}

const provider: Spec = {
  is: 'object',
  members: {
    npm: string,
    name: string,
    api: string,
    env: strings,
    id: string,
    whitelist: strings,
    blacklist: strings,
    options: {
      is: 'object',
      open: true,
      members: {
        apiKey: string,
        baseURL: string,
        timeout: time,
        headerTimeout: time,
        chunkTimeout: time,
        setCacheKey: boolean,
        enterpriseUrl: string,
      },
    },
    models: { is: 'object', each: model },
  },
}

/** Only what concerns providers: the rest of a configuration is none of our business. */
export const configSpec: Spec = {
  is: 'object',
  open: true,
  members: {
    provider: { is: 'object', each: provider },
    model: string,
    small_model: string,
    enabled_providers: strings,
    disabled_providers: strings,
  },
}

/** Where a member that guides and other tools name belongs, seen from the provider, the model, or the top. */
export const movedProvider: Readonly<Record<string, readonly string[]>> = {
  baseUrl: ['options', 'baseURL'],
  base_url: ['options', 'baseURL'],
  baseURL: ['options', 'baseURL'],
  baseurl: ['options', 'baseURL'],
  url: ['options', 'baseURL'],
  endpoint: ['options', 'baseURL'],
  apiKey: ['options', 'apiKey'],
  api_key: ['options', 'apiKey'],
  key: ['options', 'apiKey'],
  headers: ['options', 'headers'],
  timeout: ['options', 'timeout'],
  package: ['npm'],
  settings: ['options'],
}

export const movedOption: Readonly<Record<string, readonly string[]>> = {
  baseUrl: ['baseURL'],
  base_url: ['baseURL'],
  baseurl: ['baseURL'],
  BaseURL: ['baseURL'],
  url: ['baseURL'],
  endpoint: ['baseURL'],
  api_key: ['apiKey'],
  apikey: ['apiKey'],
  APIKey: ['apiKey'],
  key: ['apiKey'],
  header: ['headers'],
}

export const movedModel: Readonly<Record<string, readonly string[]>> = {
  modelID: ['id'],
  model: ['id'],
  model_id: ['id'],
  max_tokens: ['limit', 'output'],
  maxTokens: ['limit', 'output'],
  max_output_tokens: ['limit', 'output'],
  context: ['limit', 'context'],
  context_window: ['limit', 'context'],
  contextWindow: ['limit', 'context'],
  context_length: ['limit', 'context'],
  npm: ['provider', 'npm'],
  api: ['provider', 'api'],
  toolCall: ['tool_call'],
  tool_calls: ['tool_call'],
  input: ['modalities', 'input'],
}

export const movedTop: Readonly<Record<string, string>> = {
  providers: 'provider',
  models: 'provider.<id>.models',
  default_model: 'model',
  smallModel: 'small_model',
  disabledProviders: 'disabled_providers',
  enabledProviders: 'enabled_providers',
}

/** Members that only a page about another program names. */
export const inventedProvider: ReadonlySet<string> = new Set([
  'kind',
  'api_key_env',
  'default_model',
  'context_window',
  'type',
  'apiCompatibility',
])
