import { callMarkup } from '../checks/tool-markup.ts'
import { asList, asObject } from './loose.ts'

/** What is known of a tool of the request. */
export interface DeclaredTool {
  readonly name: string
  readonly schema: object
}

const thoughts = /^\s*<think>[\s\S]*?<\/think>/
const nameMembers = ['name', 'tool', 'tool_name', 'function', 'action']
const inputMembers = ['arguments', 'parameters', 'input', 'args', 'params', 'action_input', 'tool_input']
const wrappers = ['tool_calls', 'tool_call', 'function_call', 'function']
/** What may stand beside a name and an input, or around them; anything else is somebody's data. */
const besides = new Set(['id', 'call_id', 'index', 'type', 'role', 'content', 'thought', 'thoughts', 'reasoning', 'explanation'])

const mostText = 4 * 1024

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The objects and lists that a text consists of, where it has nothing else; the last one may have been cut. */
const valuesOf = (text: string): readonly unknown[] => {
  const values: unknown[] = []
  const closers: string[] = []
  let quoted = false
  let start = 0
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at)
    if (quoted) {
      if (letter === '\\') at++
      else if (letter === '"') quoted = false
    } else if (letter === '{' || letter === '[') {
      if (closers.length === 0) start = at
      closers.push(letter === '{' ? '}' : ']')
    } else if (closers.length === 0) {
      if (!/[\s,;]/.test(letter)) return []
    } else if (letter === '"') quoted = true
    else if (letter === closers.at(-1)) {
      closers.pop()
      if (closers.length > 0) continue
      const value = parsed(text.slice(start, at + 1))
      if (value === undefined) return []
      values.push(value)
    }
  }
  if (closers.length === 0) return values
  const value = parsed(text.slice(start) + (quoted ? '"' : '') + closers.reverse().join(''))
  return value === undefined ? [] : [...values, value]
}

const membersOf = ({ schema }: DeclaredTool): readonly string[] => Object.keys(asObject(asObject(schema)?.properties) ?? {})

const knows = (tool: DeclaredTool, member: string): boolean => {
  const members = membersOf(tool)
  return members.length === 0 || members.includes(member)
}

/** Whether a tool could be meant by what stands as its input. */
const isInput = (input: unknown, tool: DeclaredTool): boolean => {
  const object = asObject(typeof input === 'string' ? parsed(input) : input)
  if (!object || asObject(object.properties)) return false
  const own = Object.keys(object)
  return own.length === 0 || own.some((member) => knows(tool, member))
}

/** Whether a JSON value is a call, or calls and nothing else. */
const isCall = (value: unknown, tools: readonly DeclaredTool[]): boolean => {
  if (Array.isArray(value)) return value.length > 0 && value.every((each) => isCall(each, tools))
  const object = asObject(value)
  if (!object) return false
  const own = Object.keys(object).filter((member) => !besides.has(member))
  const [only = ''] = own
  if (own.length === 1 && wrappers.includes(only)) return isCall(object[only], tools)
  const named = own.find((member) => nameMembers.includes(member)) ?? ''
  const given = own.find((member) => inputMembers.includes(member)) ?? ''
  const said = object[named]
  if (own.length !== 2 || typeof said !== 'string' || given === '') return false
  const name = said.replace(/^[\w.]*[.:/]/, '').toLowerCase()
  const tool = tools.find((each) => each.name.toLowerCase() === name || each.name.toLowerCase() === said.toLowerCase())
  if (!tool) return false
  const input = object[given]
  // this is how tools are declared; Llama calls so too, with members that the tool has
  if (
    object.type === 'function' &&
    given === 'parameters' &&
    !Object.keys(asObject(input) ?? {}).some((each) => membersOf(tool).includes(each))
  )
    return false
  return (given === 'action_input' && typeof input === 'string') || isInput(input, tool)
}

const lineStart = /^[ \t]*(?:```\w*[ \t]*)?(?:functools)?(?=[[{])/gm

/** Objects, alone, in a list, in a fence, or behind lines of prose; the first line from which on there is nothing else decides. */
const endsInObjects = (said: string, tools: readonly DeclaredTool[]): boolean => {
  const text = said.replace(/```$/, '')
  for (const found of text.matchAll(lineStart)) {
    const values = valuesOf(text.slice(found.index + found[0].length))
    if (values.length > 0) return isCall(values, tools)
  }
  return false
}

const escaped = (name: string): string => name.replace(/[^\w]/g, '\\$&')

/** Llama and Gemma write calls as Python does. */
const isPython = (said: string, tools: readonly DeclaredTool[]): boolean => {
  const names = tools.map(({ name }) => escaped(name)).join('|')
  const one = `(?:${names})\\((?:\\s*\\w+\\s*=(?:"(?:[^"\\\\]|\\\\[\\s\\S])*"|'(?:[^'\\\\]|\\\\[\\s\\S])*'|[^"'()])*|\\s*)\\)`
  const whole = new RegExp(
    `^(?:\`\`\`\\w*\\s*)?(?:\\[\\s*)?(?:print\\(\\s*)?(${one}(?:[,;\\s]+${one})*)(?:\\s*\\))?(?:\\s*\\])?(?:\\s*\`\`\`)?$`,
  )
  const [, calls] = whole.exec(said) ?? []
  if (calls === undefined) return false
  const [, name, member] = /^([^(]+)\(\s*(\w+)?/.exec(calls) ?? []
  const tool = tools.find((each) => each.name === name)
  if (!tool) return false
  return member === undefined ? asList(asObject(tool.schema)?.required).length === 0 : knows(tool, member)
}

/** Thought, action, input: a line, or an object, and nothing behind it. */
const isAction = (said: string, tool: DeclaredTool): boolean => {
  const last = new RegExp(`^(?:[\\s\\S]*\\n)?Action:[ \\t]*\`?${escaped(tool.name)}\`?[ \\t]*\\n\\s*Action Input:([\\s\\S]*)$`)
  const input = last.exec(said)?.[1]?.trim()
  if (input === undefined) return false
  const values = valuesOf(input.replace(/^```\w*/, '').replace(/```$/, ''))
  return values.length > 0 ? values.length === 1 && isInput(values[0], tool) : !input.includes('\n')
}

/** Elements that are named after the tool, or name it. */
const isElement = (said: string, tool: DeclaredTool): boolean => {
  const name = escaped(tool.name)
  if (new RegExp(`^<execute_${name}>[\\s\\S]*</execute_${name}>$`).test(said)) return true
  const first = new RegExp(`^<${name}>\\s*<(\\w+)>[\\s\\S]*</\\w+>\\s*</${name}>$`).exec(said)?.[1]
  if (first !== undefined) return knows(tool, first)
  return new RegExp(
    `(?:^|\\n)<(tool_use|tool|use_tool|function)>\\s*<(?:tool_)?name>\\s*${name}\\s*</(?:tool_)?name>\\s*<(?:${inputMembers.join('|')})>[\\s\\S]*</\\1>$`,
  ).test(said)
}

/**
 * Whether a text is, or ends in, a call that the endpoint did not understand: the markup of a family of models, or what prompts
 * that teach calls by words, and servers that give up on what a model wrote, leave of a call of a declared tool.
 */
export const isCallText = (text: string, tools: readonly DeclaredTool[]): boolean => {
  if (callMarkup(text, false) !== undefined) return true
  if (tools.length === 0) return false
  const whole = text.replace(thoughts, '').trim()
  // a call stands at the end; what the text begins with is then unknown, and is no call
  const said = whole.length > mostText ? `…${whole.slice(-mostText)}` : whole
  return endsInObjects(said, tools) || isPython(said, tools) || tools.some((tool) => isAction(said, tool) || isElement(said, tool))
}
