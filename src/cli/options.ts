import type { InferredOptionTypes, Options } from 'yargs'
import { clientIds } from '../clients/client-ids.ts'
import { traitNames } from '../types.ts'

const options = <Shape extends Record<string, Options>>(shape: Shape): Shape => shape

/** What says where and how to send. */
export const targetOptions = options({
  'base-url': { type: 'string', describe: 'base URL, such as http://localhost:8000/v1', group: 'Target:' },
  'ignore-env': { type: 'boolean', describe: 'do not take OPENAI_BASE_URL as the base URL', group: 'Target:' },
  model: { type: 'string', describe: 'model to test; default: the only one the endpoint lists', group: 'Target:' },
  'embedding-model': { type: 'string', describe: 'model for embeddings; default: the one to test', group: 'Target:' },
  config: { type: 'string', describe: 'configuration file with targets (default: wirecheck.config.yaml, if there)', group: 'Target:' },
  target: { type: 'string', describe: 'target of the configuration file', group: 'Target:' },
  'api-key-env': { type: 'string', describe: 'environment variable that holds the key', group: 'Target:' },
  auth: { choices: ['bearer', 'api-key', 'x-api-key', 'none'] as const, describe: 'how the key is sent', group: 'Target:' },
  header: { type: 'string', array: true, describe: 'further header, as Name=value', group: 'Target:' },
  'header-env': { type: 'string', array: true, describe: 'secret header, as Name=VARIABLE', group: 'Target:' },
  query: { type: 'string', array: true, describe: 'query parameter of every request, as name=value', group: 'Target:' },
  trait: { choices: traitNames, array: true, describe: 'what is known of the model or target and need not be found', group: 'Target:' },
  declare: { type: 'string', array: true, describe: 'capability that the target claims: its refusal is then a failure', group: 'Target:' },
  'context-window': { type: 'number', describe: 'tokens that the model takes, where its list of models does not tell', group: 'Target:' },
  jobs: { type: 'number', describe: 'requests at a time (default 4)', group: 'Network:' },
  rps: { type: 'number', describe: 'requests per second at the most', group: 'Network:' },
  'timeout-headers': {
    type: 'number',
    describe: 'seconds to the response headers (default 60; 300 for the first request)',
    group: 'Network:',
  },
  'timeout-idle': { type: 'number', describe: 'seconds between bytes (default 60)', group: 'Network:' },
  'timeout-total': { type: 'number', describe: 'seconds for one exchange (default 300)', group: 'Network:' },
  'ca-file': { type: 'string', describe: 'certificate authority to trust, PEM', group: 'Network:' },
  'client-cert': { type: 'string', describe: 'client certificate, PEM', group: 'Network:' },
  'client-key': { type: 'string', describe: 'key of the client certificate, PEM', group: 'Network:' },
  insecure: { type: 'boolean', describe: 'do not check certificates; the report says so', group: 'Network:' },
})

/** What says how the result is shown and what it means for the exit code. */
export const reportOptions = options({
  render: {
    type: 'string',
    array: true,
    describe: 'pretty, json, markdown or junit, with =file to write one; may repeat',
    group: 'Report:',
  },
  profile: {
    type: 'string',
    array: true,
    describe: 'profile to run and to gate on: smoke, chat, agent, responses, opencode, embeddings, completions, anthropic, azure, full',
    group: 'Report:',
  },
  baseline: { type: 'string', describe: 'YAML file of known findings, each with a reason', group: 'Report:' },
  'fail-on': {
    choices: ['must', 'should', 'may'] as const,
    describe: 'lowest level of finding that fails the run (default must)',
    group: 'Report:',
  },
  client: {
    choices: clientIds,
    array: true,
    describe: 'let the code of this client read the recorded answers; fails the run where it breaks; may repeat',
    group: 'Report:',
  },
  strict: { type: 'boolean', describe: 'what stayed inconclusive ends with exit code 3', group: 'Report:' },
  verbose: { type: 'boolean', alias: 'v', describe: 'show every probe and every note', group: 'Report:' },
  quiet: { type: 'boolean', alias: 'q', describe: 'no progress', group: 'Report:' },
  color: { type: 'boolean', describe: 'colour, or none with --no-color', group: 'Report:' },
})

type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : Name
type CamelKeys<Shape> = { readonly [Name in keyof Shape as Camel<Name & string>]: Shape[Name] }

export type TargetOptions = CamelKeys<InferredOptionTypes<typeof targetOptions>>
export type ReportOptions = CamelKeys<InferredOptionTypes<typeof reportOptions>>

/** Options and words that may stand several times; all others are given once, and a second one would be ignored silently. */
const repeatable = new Set([
  '_',
  ...['selector', 'report', 'suite', 'fault', 'only'],
  ...Object.entries({ ...targetOptions, ...reportOptions }).flatMap(([name, { array }]: [string, Options]) =>
    array ? [name, name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())] : [],
  ),
])

/** What yargs lets pass: numbers that are none, and single options that are repeated. */
export const checkWords = (argv: Readonly<Record<string, unknown>>): true => {
  for (const [name, value] of Object.entries(argv)) {
    if (Array.isArray(value) && !repeatable.has(name)) throw new Error(`--${name} is given more than once`)
    if (name === 'port' && typeof value === 'number' && !(Number.isInteger(value) && value >= 0 && value <= 65535))
      throw new Error('--port needs a whole number from 0, which is any free port, to 65535')
    if (typeof value === 'number' && !(Number.isFinite(value) && value >= 0))
      throw new Error(`--${name} needs a number that is not negative`)
  }
  return true
}
