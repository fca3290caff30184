import { expect, test } from 'vitest'
import { applyFix, globalFile, good, lintWorld, project, type WorldInput, withProvider, worldOf } from '../testing/opencode.ts'
import { createRules } from './lint.ts'
import type { Problem } from './rule.ts'
import { showPlace } from './world.ts'

interface Row {
  readonly rule: string
  /** The project file, or a whole machine. */
  readonly with: Record<string, unknown> | (WorldInput & { readonly files: Record<string, unknown> })
  readonly place: string
  readonly says: RegExp
  /** Values that the user sets besides pasting the patch. */
  readonly set?: Record<string, string>
  /** The file that is never read stays where it is, and does no harm any more. */
  readonly stays?: true
  /** The rule cannot be mended by a patch. */
  readonly byHand?: true
}

const env = { ACME_KEY: 'sk-right-0123456789' }
const baseURL = 'http://127.0.0.1:8000/v1'
const url = (value: string) => withProvider({ options: { baseURL: value, apiKey: '{env:ACME_KEY}' } })
const model = (value: Record<string, unknown>, key = 'qwen3-8b') => withProvider({ models: { [key]: { ...good, ...value } } })
const header = (value: string) => withProvider({ options: { baseURL, headers: { Authorization: value } } })
const key = (value: string) => withProvider({ options: { baseURL, apiKey: value } })
const withKey = (value: string) => ({ files: { [project]: withProvider({}) }, env: { ACME_KEY: value } })

/** Each mistake of the published table, each wrong claim of a guide, and each trouble that guides list. */
const rows: readonly Row[] = [
  { rule: 'CF-01', with: withProvider({ models: ['qwen3-8b'] }), place: '8:17', says: /not a list/ },
  { rule: 'CF-01', with: withProvider({ models: [{ id: 'qwen3-8b', limit: good.limit }] }), place: '8:17', says: /not a list/ },
  { rule: 'CF-02', with: model({ limit: { context: 8192 } }), place: '10:11', says: /output is missing/ },
  { rule: 'CF-03', with: model({ limit: { context: '128k', output: 8192 } }), place: '11:24', says: /limit\.context must be a number/ },
  { rule: 'CF-03', with: model({ reasoning: 'true' }), place: '14:24', says: /must be a boolean/ },
  { rule: 'CF-03', with: withProvider({ whitelist: 'qwen3-8b' }), place: '16:20', says: /array of strings/ },
  {
    rule: 'CF-04',
    with: withProvider({ options: { baseURL, apiKey: '{env:ACME_KEY}', timeout: 0 } }),
    place: '7:20',
    says: /greater than 0/,
  },
  { rule: 'CF-05', with: { files: { [project]: '{"provider": }' } }, place: '1:14', says: /value is expected/, byHand: true },
  {
    rule: 'CF-06',
    with: withProvider({ options: { apiKey: '{env:ACME_KEY}' } }),
    place: '4:7',
    says: /no options\.baseURL/,
    set: { ACME_BASE_URL: baseURL },
  },
  {
    rule: 'CF-06',
    with: { files: { [project]: url('{env:ACME_URL}') }, env },
    place: '4:7',
    says: /ACME_URL is not set/,
    set: { ACME_URL: baseURL },
  },
  { rule: 'CF-07', with: url('127.0.0.1:8000/v1'), place: '5:20', says: /no scheme/ },
  { rule: 'CF-07', with: url('xxxxxxxx'), place: '5:20', says: /placeholder/, byHand: true },
  { rule: 'CF-07', with: url('http://h:99999/v1'), place: '5:20', says: /the port of the base URL/, byHand: true },
  { rule: 'CF-07', with: url('http://[::1/v1'), place: '5:20', says: /the host of the base URL cannot be read/, byHand: true },
  { rule: 'CF-07', with: url('http:///v1'), place: '5:20', says: /has no host/, byHand: true },
  { rule: 'CF-07', with: url('http://:8000/v1'), place: '5:20', says: /has no host/, byHand: true },
  { rule: 'CF-08', with: { files: { [project]: withProvider({}) }, env: {} }, place: '6:20', says: /ACME_KEY is not set/, set: env },
  {
    rule: 'CF-08',
    with: { files: { [project]: withProvider({}) }, env: { ACME_KEY: '' } },
    place: '6:20',
    says: /ACME_KEY is empty/,
    set: env,
  },
  { rule: 'CF-09', with: withProvider({ models: {} }), place: '3:5', says: /has no models/ },
  {
    rule: 'CF-10',
    with: withProvider({ options: { baseUrl: baseURL, apiKey: '{env:ACME_KEY}' } }),
    place: '5:9',
    says: /baseURL is what OpenCode reads/,
  },
  { rule: 'CF-10', with: withProvider({ baseURL }), place: '16:7', says: /options\.baseURL is what/ },
  { rule: 'CF-10', with: model({ resoning: true }), place: '14:11', says: /did you mean "reasoning"/ },
  { rule: 'CF-10', with: model({ context_window: 32_768 }), place: '14:11', says: /limit\.context is what/ },
  { rule: 'CF-10', with: withProvider({ kind: 'openai' }), place: '16:7', says: /another program/ },
  { rule: 'CF-10', with: withProvider({ api_key_env: 'ACME_KEY' }), place: '16:7', says: /another program/ },
  { rule: 'CF-10', with: { providers: {} }, place: '2:3', says: /not read by OpenCode 1\.18/, byHand: true },
  { rule: 'CF-10', with: withProvider({}, { default_model: 'acme/qwen3-8b' }), place: '18:3', says: /model is/ },
  {
    rule: 'CF-13',
    with: { files: { [project]: key('{file:./key.txt}') } },
    place: '6:20',
    says: /key\.txt, which does not exist/,
    byHand: true,
  },
  {
    rule: 'CF-47',
    with: { files: { [project]: key('{file:./opencode.json}') } },
    place: '6:20',
    says: /\{file:\.\/opencode\.json\} names a configuration/,
    byHand: true,
  },
  { rule: 'CF-14', with: { files: {}, denied: [project] }, place: '', says: /permission denied/, byHand: true },
  {
    rule: 'CF-15',
    with: {
      files: {
        '/users/ann/.config/opencode/config.toml':
          '[provider.vllm]\nkind = "openai"\nbase_url = "https://vllm.internal.acme.lan/v1"\napi_key_env = "OPENCODE_VLLM_TOKEN"\ndefault_model = "qwen2-coder-32b"\n',
      },
      env: { OPENCODE_VLLM_TOKEN: 'token-0123456789' },
    },
    place: '1:1',
    says: /belongs in \/users\/ann\/\.config\/opencode\/opencode\.json/,
    stays: true,
  },
  {
    rule: 'CF-15',
    with: { files: { '/code/app/.config/opencode/opencode.jsonc': url(baseURL) } },
    place: '1:1',
    says: /belongs in \/code\/app\/opencode\.json/,
    byHand: true,
  },
  {
    rule: 'CF-16',
    with: { files: { [globalFile]: url('http://gateway:3000/v1'), [project]: url('http://old:3000/v1') }, env },
    place: '5:20',
    says: /overrides .*opencode\.json:5:20/,
    byHand: true,
  },
  {
    rule: 'CF-46',
    with: {
      files: { [project]: withProvider({}) },
      env: { ...env, OPENCODE_AUTH_CONTENT: '{"https://acme.lan/":{"type":"wellknown","key":"ACME_TOKEN","token":"token-0123456789"}}' },
    },
    place: '',
    says: /^not read: it takes the network$/,
    byHand: true,
  },
  { rule: 'CF-17', with: url(`${baseURL}/chat/completions`), place: '5:20', says: /must end before \/chat\/completions/ },
  { rule: 'CF-17', with: url(`${baseURL}/responses/`), place: '5:20', says: /must end before/ },
  { rule: 'CF-18', with: url(`${baseURL}?api-version=1`), place: '5:20', says: /options\.queryParams/ },
  { rule: 'CF-19', with: url('http://127.0.0.1:8000 /v1'), place: '5:20', says: /white space/ },
  { rule: 'CF-20', with: url('http://127.0.0.1:8000'), place: '5:20', says: /does not end with \/v1/ },
  { rule: 'CF-20', with: url('http://127.0.0.1:8000/'), place: '5:20', says: /does not end with \/v1/ },
  { rule: 'CF-21', with: url(`${baseURL}//`), place: '5:20', says: /several slashes/ },
  { rule: 'CF-22', with: url('https://api.xerotier.ai/proj_ABC123/ENDPOINT_SLUG/v1'), place: '5:20', says: /proj_ABC123/, byHand: true },
  {
    rule: 'CF-23',
    with: withKey('sk-right-0123456789 '),
    place: '6:19',
    says: /white space behind the key, in the value of ACME_KEY/,
    set: env,
  },
  {
    rule: 'CF-23',
    with: key('sk-right-0123456789 '),
    place: '6:19',
    says: /white space behind/,
    set: { ACME_API_KEY: 'sk-right-0123456789' },
  },
  { rule: 'CF-24', with: header('{env:ACME_KEY}'), place: '7:28', says: /lacks the scheme "Bearer"/ },
  {
    rule: 'CF-23',
    with: {
      files: { [project]: withProvider({ options: { baseURL } }) },
      env: { OPENCODE_AUTH_CONTENT: '{"acme":{"type":"api","key":"sk-right-0123456789\\n"}}' },
    },
    place: '',
    says: /white space behind the key of acme/,
    byHand: true,
  },
  {
    rule: 'CF-24',
    with: header('sk-right-0123456789'),
    place: '7:28',
    says: /lacks the scheme/,
    set: { ACME_API_KEY: 'sk-right-0123456789' },
  },
  { rule: 'CF-25', with: withKey('Bearer sk-right-0123456789'), place: '6:19', says: /must not start with "Bearer"/, set: env },
  {
    rule: 'CF-26',
    with: withProvider({ options: { baseURL, apiKey: '{env:ACME_KEY}', headers: { Authorization: 'Bearer another-key-9876' } } }),
    place: '8:28',
    says: /and the key of .* is not/,
  },
  {
    rule: 'CF-27',
    with: header('Bearer xero_my-project_abc123'),
    place: '7:28',
    says: /placeholder/,
    set: { ACME_API_KEY: 'xero_real_123456' },
  },
  { rule: 'CF-27', with: key('sk-xxxxxxxxxx'), place: '6:19', says: /placeholder/, set: { ACME_API_KEY: 'sk-right-0123456789' } },
  {
    rule: 'CF-28',
    with: withProvider({ npm: '@ai-sdk/openai', options: { baseURL, headers: { Authorization: 'Bearer {env:ACME_KEY}' } } }),
    place: '18:14',
    says: /needs options\.apiKey/,
    set: { ACME_API_KEY: 'sk-right-0123456789' },
  },
  {
    rule: 'CF-29',
    with: withProvider({ options: { baseURL }, env: ['ACME_TOKEN', 'ACME_KEY'] }),
    place: '15:14',
    says: /none of 2 variables/,
  },
  {
    rule: 'CF-30',
    with: key('sk-right-0123456789'),
    place: '6:19',
    says: /written out in a file of the project/,
    set: { ACME_API_KEY: 'sk-right-0123456789' },
  },
  { rule: 'CF-31', with: model({ apiCompatibility: 'responses' }), place: '14:11', says: /npm: "@ai-sdk\/openai"/ },
  { rule: 'CF-31', with: withProvider({ apiCompatibility: 'responses' }), place: '16:7', says: /npm: "@ai-sdk\/openai"/ },
  {
    rule: 'CF-32',
    with: model({ name: 'deepseek-r1-distill-llama-70b' }, 'my-model'),
    place: '14:19',
    says: /the request says "my-model"/,
  },
  { rule: 'CF-33', with: model({ tools: true }), place: '14:11', says: /does nothing on a model/ },
  { rule: 'CF-34', with: model({ tool_call: false }), place: '14:24', says: /does not stop tools/, byHand: true },
  { rule: 'CF-35', with: withProvider({ models: { 'qwen3-8b': {} } }), place: '9:9', says: /32000 tokens/ },
  { rule: 'CF-36', with: model({ limit: { context: 32_768, output: 32_000 } }), place: '10:11', says: /leaves no room/ },
  { rule: 'CF-36', with: model({ limit: { context: 8192, output: 1024 } }), place: '10:11', says: /too small for OpenCode/, byHand: true },
  { rule: 'CF-37', with: model({ attachment: true }), place: '14:25', says: /modalities\.input/ },
  {
    rule: 'CF-38',
    with: withProvider({ npm: '@ai-sdk/openai-compatable' }),
    place: '16:14',
    says: /did you mean "@ai-sdk\/openai-compatible"/,
  },
  { rule: 'CF-39', with: withProvider({}, { model: 'acme/qwen3-8B' }), place: '18:12', says: /did you mean "acme\/qwen3-8b"/ },
  { rule: 'CF-39', with: withProvider({}, { model: 'qwen3-8b' }), place: '18:12', says: /must be provider\/model/ },
  {
    rule: 'CF-40',
    with: withProvider({}, { model: 'acme/qwen3-8b', disabled_providers: ['acme'] }),
    place: '19:25',
    says: /switches "acme" off/,
  },
  { rule: 'CF-40', with: withProvider({}, { enabled_providers: ['other'] }), place: '18:24', says: /does not name "acme"/ },
  { rule: 'CF-40', with: withProvider({ blacklist: ['qwen3-8b'] }), place: '16:20', says: /leaves "qwen3-8b" out/, byHand: true },
  { rule: 'CF-41', with: model({}, 'qwen3-8b '), place: '9:9', says: /white space around the id/ },
  {
    rule: 'CF-42',
    with: { provider: { 'openai-local': { options: { baseURL }, models: { m: good } } } },
    place: '3:5',
    says: /404 retried/,
    byHand: true,
  },
  { rule: 'CF-43', with: model({}, 'mistral-small'), place: '9:9', says: /ids of tool calls/, byHand: true },
  {
    rule: 'CF-44',
    with: withProvider({ options: { baseURL, apiKey: '{env:ACME_KEY}', includeUsage: false } }),
    place: '7:25',
    says: /when to compact/,
    byHand: true,
  },
  { rule: 'CF-45', with: model({ interleaved: true }), place: '14:26', says: /no effect/, byHand: true },
]

const machineOf = ({ with: given }: Row): WorldInput => ('files' in given ? (given as WorldInput) : { files: { [project]: given }, env })
const ofRule = (input: WorldInput, rule: string): readonly Problem[] => lintWorld(worldOf(input)).filter((problem) => problem.rule === rule)

test.each(rows.map((row, index) => [`${row.rule} ${row.says.source} (${index})`, row] as const))('%s', (_, row) => {
  const machine = machineOf(row)
  const [problem] = ofRule(machine, row.rule)
  expect(problem?.message).toMatch(row.says)
  expect(problem?.does).not.toBe('')
  if (row.place !== '') expect(showPlace(problem?.at ?? { file: '', line: 0, column: 0 }).replace(/^.*?:/, '')).toBe(row.place)
  if (row.byHand) return
  expect(problem?.fix).toBeDefined()
  const mended = applyFix(machine, problem?.fix, row.set)
  if (!row.stays) expect(ofRule(mended, row.rule)).toEqual([])
  // what was pasted must not be a mistake of its own
  expect(lintWorld(worldOf(mended)).filter(({ level }) => level === 'error')).toEqual([])
})

test('every rule is in the table', () => {
  expect([...new Set(createRules(worldOf({})).map(({ id }) => id))].filter((id) => !rows.some(({ rule }) => rule === id))).toEqual([])
})

test('a configuration as it should be has no mistake', () => {
  expect(
    lintWorld(
      worldOf({ files: { [project]: withProvider({ npm: '@ai-sdk/openai-compatible', name: 'Acme' }, { model: 'acme/qwen3-8b' }) }, env }),
    ),
  ).toEqual([])
})

test('headers that are moved keep their tokens and lose their secrets', () => {
  const headers = { Authorization: 'Bearer sk-literal-0123456789', 'X-Team': '{env:TEAM}' }
  const [problem] = ofRule({ files: { [project]: withProvider({ headers }) }, env: { ...env, TEAM: 'blue' } }, 'CF-10')
  expect(problem?.fix).toMatchObject({
    patch: {
      provider: { acme: { headers: null, options: { headers: { Authorization: 'Bearer {env:ACME_API_KEY}', 'X-Team': '{env:TEAM}' } } } },
    },
  })
})

test('bases that end with other versions are right', () => {
  for (const base of [
    'https://open.bigmodel.cn/api/paas/v4',
    'https://generativelanguage.googleapis.com/v1beta/openai',
    'http://h/proj/slug/v1/',
  ])
    expect(ofRule({ files: { [project]: url(base) }, env }, 'CF-20')).toEqual([])
})

test('addresses that can be requested are not said to lead nowhere, and a placeholder is said to be one', () => {
  for (const base of ['http://[::1]:8000/v1', 'https://ann:pass@h:65535/v1', 'http://h', 'http://h:/v1', 'http://<host>/v1'])
    expect(ofRule({ files: { [project]: url(base) }, env }, 'CF-07'), base).toEqual([])
})

test('what is switched off harms nobody', () => {
  const files = { [project]: { ...url('xxxxxxxx'), disabled_providers: ['acme'] } }
  expect(lintWorld(worldOf({ files, env })).filter(({ level }) => level === 'error')).toEqual([])
})

test('no message, fix or place shows a key', () => {
  const secret = 'sk-right-0123456789'
  const keyRows = rows.filter(({ rule }) => /CF-(08|2[3-9]|30|10)/.test(rule))
  for (const row of keyRows) expect(JSON.stringify(lintWorld(worldOf(machineOf(row))))).not.toContain(secret)
})
