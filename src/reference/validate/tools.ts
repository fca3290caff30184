import type { Choice, Tool } from '../conversation.ts'
import type { Json } from '../exchange.ts'
import { invalid, missing } from '../refusal.ts'
import { boolean, filled, isObject, listOf, members, object, string } from './members.ts'
import { requireObjectSchema } from './schema.ts'

const toolName = /^[A-Za-z0-9_-]{1,64}$/

const readFunction = (definition: Json, path: string, declared: Json): Tool => {
  if (definition.name === undefined || definition.name === null) throw missing(`${path}name`)
  string(definition.name, `${path}name`)
  if (!toolName.test(definition.name)) {
    throw invalid(`${path}name`, `Invalid '${path}name': expected 1 to 64 letters, digits, underscores or hyphens.`)
  }
  members({ description: string, strict: boolean })(definition, path.slice(0, -1))
  if (definition.parameters !== undefined && definition.parameters !== null) {
    requireObjectSchema(definition.parameters, `${path}parameters`, definition.name, 'invalid_function_parameters')
  }
  return { name: definition.name, parameters: definition.parameters ?? undefined, strict: definition.strict === true, declared }
}

/**
 * The declared tools.
 * @param flat Responses declare name and parameters beside `type`, Chat Completions below `function`
 */
export const readTools = (tools: Json, flat: boolean): Tool[] => {
  if (tools === undefined || tools === null) return []
  listOf(object)(tools, 'tools')
  return tools.flatMap((tool: Json, index: number) => {
    const path = `tools[${index}].`
    if (tool.type === undefined) throw missing(`${path}type`)
    // run by the client, and never called by this model: there is nothing to do but to know its name
    if (flat && tool.type === 'custom') {
      members({ name: filled, description: string, format: object })(tool, `tools[${index}]`)
      return []
    }
    if (tool.type !== 'function') throw invalid(`${path}type`, `Tools of type ${JSON.stringify(tool.type)} are not supported.`)
    if (flat) return readFunction(tool, path, tool)
    if (tool.function === undefined) throw missing(`${path}function`)
    object(tool.function, `${path}function`)
    return readFunction(tool.function, `${path}function.`, tool)
  })
}

const declaredName = (entry: Json, tools: readonly Tool[], flat: boolean, path: string): string => {
  const name = flat ? entry?.name : entry?.function?.name
  const param = flat ? `${path}.name` : `${path}.function.name`
  if (entry?.type !== 'function') throw invalid(`${path}.type`, `Invalid '${path}.type': only 'function' is supported.`)
  if (name === undefined) throw missing(param)
  string(name, param)
  if (!tools.some((tool) => tool.name === name)) throw invalid(param, `Tool choice '${name}' was not found among the declared tools.`)
  return name
}

/** What the model may and must call. */
export const readChoice = (choice: Json, tools: readonly Tool[], flat: boolean): Choice => {
  if (choice === undefined || choice === null) return { mode: tools.length > 0 ? 'auto' : 'none' }
  const words = ['none', 'auto', 'required']
  if (typeof choice === 'string' ? !words.includes(choice) : !isObject(choice)) {
    throw invalid('tool_choice', "Invalid 'tool_choice': expected 'none', 'auto', 'required' or an object.")
  }
  if (tools.length === 0) throw invalid('tool_choice', "'tool_choice' is only allowed when 'tools' are given.")
  if (typeof choice === 'string') return { mode: choice as Choice['mode'] }
  if (choice.type !== 'allowed_tools') return { mode: 'required', only: [declaredName(choice, tools, flat, 'tool_choice')] }
  const allowed = flat ? choice : choice.allowed_tools
  const path = flat ? 'tool_choice' : 'tool_choice.allowed_tools'
  if (!isObject(allowed) || !Array.isArray(allowed.tools)) throw missing(`${path}.tools`)
  if (!['auto', 'required'].includes(allowed.mode)) throw invalid(`${path}.mode`, `Invalid '${path}.mode': expected 'auto' or 'required'.`)
  return {
    mode: allowed.mode,
    only: allowed.tools.map((entry: Json, index: number) => declaredName(entry, tools, flat, `${path}.tools[${index}]`)),
  }
}
