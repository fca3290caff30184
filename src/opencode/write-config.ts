import { judge, load, plan as makePlan, report as makeReport, record } from '../index.ts'
import { windowOf } from '../record/window.ts'
import type { Target } from '../target/target.ts'
import type { Report } from '../types.ts'
import { compatible, openai } from './packages.ts'
import type { Json } from './world.ts'
import { isObject } from './world.ts'

export interface WriteConfigInput {
  /** Bound to the endpoint and its key. */
  readonly target: Target
  /** The answer of GET /models. */
  readonly list: unknown
  /** The models to measure; the rest is only listed. */
  readonly models: readonly string[]
  readonly provider: string
  /** The variable that holds the key; undefined where none is needed. */
  readonly variable: string | undefined
  /** A transcript for each model. */
  readonly fileOf: (model: string) => string
  readonly onModel?: (model: string) => void
}

/** The probes that tell what OpenCode's configuration asks; each request is small. */
const selectors = [
  'chat/prompt',
  'chat-tools/round-trip-stream',
  'chat-reasoning/puzzle',
  'chat-vision/colour',
  'responses/basic',
  'responses-tools/round-trip',
]

/** A provider block with what was listed and what was measured; nothing in it is guessed. */
export const writeConfig = async (input: WriteConfigInput): Promise<{ readonly config: Json; readonly notes: readonly string[] }> => {
  const builtins = load()
  const plan = makePlan({ suites: builtins.suites, selectors, profiles: [], catalog: builtins.catalog })
  const measured: { readonly id: string; readonly report: Report }[] = []
  for (const id of input.models) {
    input.onModel?.(id)
    const target = { ...input.target, models: { chat: id } }
    const transcript = await record({ builtins, plan, target, file: input.fileOf(id) })
    measured.push({ id, report: makeReport(builtins, transcript, judge(builtins, transcript)) })
  }
  const usable = measured.filter(({ report }) => packageOf(report) !== undefined)
  // chat is what OpenCode uses most; models that lack it name their own package
  const common = usable.some(({ report }) => packageOf(report) === compatible) ? compatible : (packageOf(usable[0]?.report) ?? compatible)
  const models = usable.map(({ id, report }) => [id, modelBlock(id, report, common, input.list)] as const)
  const [first] = usable
  const config = {
    $schema: 'https://opencode.ai/config.json',
    provider: {
      [input.provider]: {
        npm: common,
        name: input.provider,
        options: { baseURL: input.target.baseUrl, ...(input.variable === undefined ? {} : { apiKey: `{env:${input.variable}}` }) },
        models: Object.fromEntries(models),
      },
    },
    ...(first ? { model: `${input.provider}/${first.id}` } : {}),
  }
  return { config, notes: notesOf(measured, input) }
}

const answers = (report: Report, path: string): boolean =>
  report.endpoints.some(({ endpoint, presence }) => endpoint === `POST ${path}` && presence === 'answered')

const packageOf = (report: Report | undefined): string | undefined =>
  report === undefined ? undefined : answers(report, '/chat/completions') ? compatible : answers(report, '/responses') ? openai : undefined

const supports = (report: Report, id: string): boolean =>
  ['full', 'partial'].includes(report.capabilities.find((capability) => capability.id === id)?.support ?? '')

const takesTools = (report: Report): boolean => supports(report, packageOf(report) === openai ? 'responses.tools' : 'tools.streaming')

const modelBlock = (id: string, report: Report, common: string, list: unknown): Json => {
  const own = packageOf(report)
  const limit = limitOf(list, id)
  return {
    name: id,
    ...(own === common ? {} : { provider: { npm: own } }),
    ...(report.traits.some(({ name }) => name === 'thinks') ? { reasoning: true } : {}),
    tool_call: takesTools(report),
    ...(supports(report, 'vision') ? { attachment: true, modalities: { input: ['text', 'image'], output: ['text'] } } : {}),
    ...(limit ? { limit } : {}),
  }
}

/** Where lists tell how much a model writes in one go. */
const outputMembers = ['max_output_tokens', 'max_completion_tokens', 'max_tokens']

/** Only where the list tells the window; what it leaves open about the output is a part of it that leaves room. */
const limitOf = (list: unknown, id: string): { context: number; output: number } | undefined => {
  const context = windowOf(list, id)
  if (context === undefined) return undefined
  const data = isObject(list) && Array.isArray(list.data) ? (list.data as unknown[]) : []
  const entry = data.find((each) => isObject(each) && each.id === id) as Json | undefined
  const holders = [entry, entry?.top_provider, entry?.meta]
  const told = holders
    .flatMap((holder) => (isObject(holder) ? outputMembers.map((name) => holder[name]) : []))
    .find((value) => Number.isInteger(value) && (value as number) > 0)
  return { context, output: Math.min(typeof told === 'number' ? told : Math.floor(context / 4), 32_000) }
}

const notesOf = (
  measured: readonly { readonly id: string; readonly report: Report }[],
  { list, models, provider, variable }: WriteConfigInput,
): readonly string[] => {
  const dead = measured.filter(({ report }) => packageOf(report) === undefined).map(({ id }) => id)
  const silent = measured.filter(({ id, report }) => packageOf(report) !== undefined && limitOf(list, id) === undefined).map(({ id }) => id)
  const toolless = measured.filter(({ report }) => packageOf(report) !== undefined && !takesTools(report)).map(({ id }) => id)
  return [
    ...(variable === undefined ? [] : [`export ${variable}=… before OpenCode is started`]),
    ...(dead.length > 0 ? [`left out, because no request was served: ${dead.join(', ')}`] : []),
    ...(silent.length > 0
      ? [
          `the list does not tell the limits of ${silent.join(', ')}: add limit.context and limit.output, or every request asks for 32000 tokens`,
        ]
      : []),
    ...(toolless.length > 0 ? [`refuses tools, which OpenCode always sends: ${toolless.join(', ')}`] : []),
    ...(models.length === 0 ? [`no model of "${provider}" was measured`] : []),
  ]
}
