import { bad, type Failure, type Tool } from './bend.ts'
import { dict, list, q, str } from './text.ts'

const TYPES = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']
const UNITS = { plain: { name: 'function.name', schema: 'function.parameters' }, flat: { name: 'name', schema: 'parameters' } }

function sound(schema: unknown, depth: number): boolean {
  const it = dict(schema)
  if (it === undefined) return typeof schema === 'boolean'
  const types = Array.isArray(it.type) ? it.type : it.type === undefined ? [] : [it.type]
  if (!types.every((type) => TYPES.includes(str(type)))) return false
  if (depth > 60) return true
  const inner = [it.properties, it.$defs, it.definitions].flatMap((map) => Object.values(dict(map) ?? {}))
  inner.push(...list(it.anyOf), ...list(it.oneOf), ...list(it.allOf))
  if (it.items !== undefined && !Array.isArray(it.items)) inner.push(it.items)
  return inner.every((one) => sound(one, depth + 1))
}

/** The functions declared in a request; `flat` is the form of the Responses endpoint. */
export function toolsOf(tools: unknown, flat: boolean): Tool[] {
  return list(tools).map((tool) => {
    const it = (flat ? dict(tool) : dict(dict(tool)?.function)) ?? {}
    return { name: str(it.name), schema: dict(it.parameters) ?? {}, source: q(tool) }
  })
}

/** What is wrong with `tools`. */
export function toolProblems(tools: unknown, flat: boolean): Failure[] {
  if (tools === undefined) return []
  if (!Array.isArray(tools)) return [bad('wrong-type', 'tools', 'tools has to be an array.', 'invalid_type')]
  return tools.flatMap((tool, at) => {
    const path = flat ? UNITS.flat : UNITS.plain
    const outer = dict(tool)
    if (outer === undefined) return [bad('wrong-type', `tools[${at}]`, `tools[${at}] has to be an object.`, 'invalid_type')]
    if (outer.type !== 'function') {
      return [
        bad('tool-type', `tools[${at}].type`, `Only tools of type function are offered here; tools[${at}] is none.`, 'unsupported_value'),
      ]
    }
    const it = flat ? outer : dict(outer.function)
    if (it === undefined) return [bad('tool', `tools[${at}].function`, `tools[${at}] lacks its function.`, 'missing_required_parameter')]
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(str(it.name))) {
      return [bad('tool', `tools[${at}].${path.name}`, 'A function name has 1 to 64 letters, digits, _ and -.', 'invalid_value')]
    }
    if (it.parameters !== undefined && it.parameters !== null && (dict(it.parameters) === undefined || !sound(it.parameters, 0))) {
      const message = `The parameters of function ${str(it.name)} are no valid JSON Schema.`
      return [bad('tool', `tools[${at}].${path.schema}`, message, 'invalid_function_parameters')]
    }
    return []
  })
}

/** The choice in one form: a mode and the names that may be called (none named means all). */
export function choiceOf(choice: unknown, flat: boolean): { choice: 'none' | 'auto' | 'required'; only: string[] } {
  if (choice === 'none' || choice === 'required') return { choice, only: [] }
  const it = dict(choice)
  const nameIn = (tool: unknown) => str(flat ? dict(tool)?.name : dict(dict(tool)?.function)?.name)
  if (it?.type === 'function') return { choice: 'required', only: [nameIn(it)] }
  if (it?.type === 'allowed_tools') {
    const allowed = flat ? it : (dict(it.allowed_tools) ?? {})
    return { choice: allowed.mode === 'required' ? 'required' : 'auto', only: list(allowed.tools).map(nameIn) }
  }
  return { choice: 'auto', only: [] }
}

/** What is wrong with `tool_choice`. */
export function choiceProblems(choice: unknown, tools: unknown, flat: boolean): Failure[] {
  if (choice === undefined) return []
  const declared = toolsOf(tools, flat).map((tool) => tool.name)
  const known =
    typeof choice === 'string'
      ? ['none', 'auto', 'required'].includes(choice)
      : ['function', 'allowed_tools'].includes(str(dict(choice)?.type))
  if (!known)
    return [bad('wrong-type', 'tool_choice', 'tool_choice is none, auto, required or an object naming a function.', 'invalid_value')]
  // A Responses reply says "auto" of itself and clients send that back, so only chat insists on tools here.
  if (declared.length === 0 && !(flat && (choice === 'auto' || choice === 'none'))) {
    return [bad('choice', 'tool_choice', 'tool_choice makes sense only together with tools.', 'invalid_value')]
  }
  const lost = choiceOf(choice, flat).only.find((name) => !declared.includes(name))
  return lost === undefined
    ? []
    : [bad('choice', 'tool_choice', `tool_choice names ${q(lost)}, which tools does not declare.`, 'invalid_value')]
}
