import type { Task, Tool } from '../conversation.ts'
import { lastPrompt } from './answer.ts'
import { sampleValue } from './sample-value.ts'

export interface WantedCall {
  readonly name: string
  readonly arguments: string
}

const callable = (task: Task): readonly Tool[] => {
  const { only } = task.choice
  return only ? task.tools.filter((tool) => only.includes(tool.name)) : task.tools
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}+/gu) ?? []

/** How many words of a tool's name occur in the prompt; short ones such as `get` say nothing. */
const fitness = (tool: Tool, prompt: ReadonlySet<string>): number =>
  wordsOf(tool.name.replace(/(?<=[a-z])(?=[A-Z])/g, '_')).filter((word) => word.length > 3 && prompt.has(word)).length

const bestTool = (tools: readonly Tool[], prompt: ReadonlySet<string>): Tool => {
  let best = tools[0] as Tool
  for (const tool of tools) if (fitness(tool, prompt) > fitness(best, prompt)) best = tool
  return best
}

/** The places named after "in": `in Paris, Tokyo and Lima`. */
const places = (prompt: string): string[] => {
  const named = /\bin ((?:\p{Lu}[\p{L}'-]*)(?:(?:, and |, | and | )\p{Lu}[\p{L}'-]*)*)/u.exec(prompt)?.[1]
  return named ? named.split(/, and |, | and /) : []
}

const asksForTool = (tools: readonly Tool[], prompt: string, words: ReadonlySet<string>): boolean =>
  /\b(?:use|call)\b[^.]*\b(?:tools?|functions?)\b/i.test(prompt) || tools.some((tool) => fitness(tool, words) > 0)

/** The calls that the model makes, none when it would rather speak. */
export const wantedCalls = (task: Task): WantedCall[] => {
  const prompt = lastPrompt(task.turns)
  const tools = callable(task)
  if (task.choice.mode === 'none' || tools.length === 0) return []
  const answered = task.turns.at(-1)?.role === 'tool'
  const said = new Set(wordsOf(prompt))
  if (task.choice.mode === 'auto' && (answered || !asksForTool(tools, prompt, said))) return []
  const tool = bestTool(tools, said)
  const schema = tool.parameters ?? { type: 'object' }
  const asked = /\b(\d+)[- ]words?\b/i.exec(prompt)?.[1]
  const words = asked === undefined ? undefined : Number(asked)
  const takesText = Array.isArray(schema.required) && schema.required.length > 0
  const topics: (string | undefined)[] = takesText ? places(prompt) : []
  if (topics.length === 0) topics.push(undefined)
  return topics
    .slice(0, task.parallel ? topics.length : 1)
    .map((topic) => ({ name: tool.name, arguments: JSON.stringify(sampleValue(schema, schema, { topic, words })) }))
}
