import type { ChatCompletionRequest, ChatMessage, FixtureResponse, ToolDefinition } from '@copilotkit/aimock'

const textOf = (content: ChatMessage['content'] | undefined): string =>
  typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('')

interface Schema {
  readonly properties?: Readonly<Record<string, { readonly type?: string; readonly enum?: readonly unknown[] }>>
  readonly required?: readonly string[]
}

const valueFor = (name: string, schema: { readonly enum?: readonly unknown[] } | undefined, city: string): unknown =>
  schema?.enum?.[0] ?? (name === 'city' ? city : essay)

/** Whatever the function requires, and the city wherever there is room for one. */
const argumentsFor = ({ function: { parameters } }: ToolDefinition, city: string): string => {
  const { properties = {}, required = [] } = (parameters ?? {}) as Schema
  const names = Object.keys(properties).filter((name) => name === 'city' || required.includes(name))
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, valueFor(name, properties[name], city)])))
}

/** Chat Completions name a forced function one level deeper than Responses do. */
const forcedName = (choice: unknown): string | undefined => {
  const { name, function: named } = (choice ?? {}) as { name?: string; function?: { name?: string } }
  return named?.name ?? name
}

const calls = (request: ChatCompletionRequest, prompt: string): FixtureResponse | undefined => {
  const { tool_choice: choice, parallel_tool_calls: parallel } = request
  // some probes declare functions without a name, which nobody can call
  const tools = request.tools?.filter((tool) => typeof tool.function?.name === 'string') ?? []
  const last = request.messages.at(-1)
  const wanted = /use the tool|call the tool/i.test(prompt) && last?.role === 'user'
  if (tools.length === 0 || choice === 'none' || !(wanted || choice === 'required' || typeof choice === 'object')) return undefined
  const tool = tools.find(({ function: { name } }) => name === forcedName(choice)) ?? (tools[0] as ToolDefinition)
  const cities = prompt.match(/Paris|Tokyo|Lima/g) ?? ['Paris']
  return {
    toolCalls: (parallel === false ? cities.slice(0, 1) : cities).map((city) => ({
      name: tool.function.name,
      arguments: argumentsFor(tool, city),
    })),
  }
}

const essay = Array.from(
  { length: 25 },
  () => 'Rivers rise in the hills, carve their valleys, water the fields and carry ships and stories down to the sea.',
).join(' ')

const speech = (request: ChatCompletionRequest, prompt: string): string => {
  const echo = /Repeat this line exactly: (.*)/s.exec(prompt)?.[1]
  if (echo !== undefined) return echo
  if (/Count from 1 to 60/.test(prompt)) return Array.from({ length: 60 }, (_, index) => index + 1).join(' ')
  if (/essay/.test(prompt)) return essay
  if (/as JSON/.test(prompt)) return '{"city":"Basel","rivers":2}'
  if (/Repeat my code word/.test(prompt)) {
    const all = request.messages.map(({ content }) => textOf(content)).join('\n')
    return /My code word is (\w+)/.exec(all)?.[1] ?? 'I do not know your code word.'
  }
  if (request.messages.at(-1)?.role === 'tool') return 'The weather has been looked up.'
  return 'OK'
}

/** What a good model would answer to the prompts of the suites. Caps, stop strings and counting are the server's business. */
export const answer = (request: ChatCompletionRequest): FixtureResponse => {
  const prompt = textOf(request.messages.filter(({ role }) => role === 'user').at(-1)?.content)
  return calls(request, prompt) ?? { content: speech(request, prompt) }
}
