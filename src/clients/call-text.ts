import { callMarkup } from '../checks/tool-markup.ts'

const thoughts = /^\s*<think>[\s\S]*?<\/think>/
const nameMembers = 'name|tool|tool_name|function|action'
const inputMembers = 'arguments|parameters|input|args|params|action_input|tool_input'

const mostText = 16 * 1024

const escaped = (name: string): string => name.replace(/[^\w]/g, '\\$&')

/**
 * How a call of a declared tool looks where the endpoint left it in the text, besides the markup of the families of models.
 * Prompts that teach calls by words, and servers that give up on what a model wrote, leave these.
 */
const forms = (name: string): readonly RegExp[] => [
  // an object, alone, in a list, in a fence, or behind a line of prose
  new RegExp(
    `^\\s*(?:\`\`\`\\w*\\s*)?(?:functools)?[[{][\\s\\S]*"(?:${nameMembers})"\\s*:\\s*"(?:[\\w.]*[.:/])?${name}"\\s*,\\s*"(?:${inputMembers})"\\s*:\\s*["{[]`,
    'im',
  ),
  new RegExp(
    `^\\s*(?:\`\`\`\\w*\\s*)?[[{][\\s\\S]*"(?:${inputMembers})"\\s*:\\s*["{[][\\s\\S]*,\\s*"(?:${nameMembers})"\\s*:\\s*"${name}"\\s*}`,
  ),
  // Llama and Gemma write calls as Python does
  new RegExp(
    `^\\s*(?:\`\`\`\\w*\\s*)?\\[?\\s*(?:print\\(\\s*)?${name}\\(\\s*(?:\\w+\\s*=[\\s\\S]*)?\\)\\s*\\)?\\s*\\]?\\s*(?:\`\`\`\\s*)?$`,
  ),
  // thought, action, input
  new RegExp(`^Action:\\s*\`?${name}\`?\\s*$[\\s\\S]*^Action Input:`, 'm'),
  // elements that are named after the tool, or name it
  new RegExp(`^\\s*<(?:execute_)?${name}>[\\s\\S]*</(?:execute_)?${name}>\\s*$`),
  new RegExp(`<(?:tool_use|tool|use_tool|function)>\\s*<(?:tool_)?name>\\s*${name}\\s*</(?:tool_)?name>`),
]

/** Whether a text is, or ends in, a call that the endpoint did not understand. */
export const isCallText = (text: string, names: readonly string[]): boolean => {
  if (callMarkup(text, false) !== undefined) return true
  // a call stands at the end, and the time that these forms take grows with the square of the text
  const said = text.slice(-mostText).replace(thoughts, '').trim()
  return names.some((name) => forms(escaped(name)).some((form) => form.test(said)))
}
