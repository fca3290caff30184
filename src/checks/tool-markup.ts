import type { View } from '../types.ts'
import { isForeign, isNoise } from './noise.ts'
import { asArray, asObject } from './read.ts'

/**
 * How the families of models write a call. A marker counts only with what follows it in a real call (a name, an object,
 * a closing marker), because a model with nothing to say may emit a stray special token without the parser being wrong.
 */
const calls: readonly RegExp[] = [
  // Hermes, Qwen, GLM, MiniMax
  /<(?:minimax:)?tool_call>\s*(?:[[{]|<(?:function|invoke|arg_key|\/)|[\w.-]+\s*(?:<arg_key>|[({\n]))/i,
  /<function=[\w.-]+>/,
  /<invoke name="[\w.-]+"/,
  /<(?:tool_calls?|function_calls?|toolcall)>\s*[[{]/i,
  // Granite, Phi, Gemma
  /<\|tool_calls?\|?>\s*(?:[[{]|call:)/,
  // Mistral
  /\[TOOL_CALLS\]\s*(?:[[{]|[\w.-]+\s*(?:\{|\[ARGS\]|\[CALL_ID\]))/,
  // Llama
  /<\|python_tag\|>\s*(?:\{|[\w.]+\()/,
  // Kimi
  /<\|tool_calls_section_begin\|>\s*(?:<\|tool_call_begin\|>|[\w.]+:\d)/,
  /<\|tool_call_begin\|>\s*[\w.]+:\d/,
  // DeepSeek; the bar and the blank are U+FF5C and U+2581
  /<[｜|]tool[▁_]calls?[▁_]begin[｜|]>\s*(?:<[｜|]tool[▁_]call[▁_]begin[｜|]>|function|[\w.-]+<[｜|]tool[▁_]sep[｜|]>)/,
  /<[｜|]DSML[｜|]\s*(?:function_calls|tool_calls|invoke|parameter)/,
  // gpt-oss
  /<\|channel\|>\s*commentary\s+to=[\w.]+/,
  // Cohere
  /<\|START_ACTION\|>\s*[[{]/,
]

/** Beside a call that was understood even a lone marker is left over from it, where nothing but markers follows. */
const leftover =
  /(?:(?:<\/?(?:minimax:)?tool_call>|\[TOOL_CALLS\]|<\|python_tag\|>|<\|tool_calls?_(?:section_)?(?:begin|end)\|>|<[｜|]tool[▁_]calls?[▁_](?:begin|end)[｜|]>|<\/function>|<[｜|]DSML[｜|])\s*)+$/

/** What a call has in every dialect: the name of a function and what it is given. */
const wholeCall =
  /["']name["']\s*:\s*["'][\w.-]+["']\s*,\s*["'](?:arguments|parameters)["']|<function=[\w.-]+>\s*<|<invoke name=["'][\w.-]+["']>|[\w.-]+\s*(?:<arg_key>|\[ARGS\]|<[｜|]tool[▁_]sep[｜|]>|<\|tool_call_argument_begin\|>)|^\[TOOL_CALLS\]\s*[\w.-]+\s*\{"\w+":/

/** Characters in which a call shows itself; the patterns take the square of it in the worst case. */
const mostText = 4096

/** Markup between two backticks of a line is shown, not called. */
const codeSpan = /(?<!`)`(?!`)[^`\n]+`(?!`)/g

/** The markup of a call inside the visible text. @param parsed whether the reply also holds calls that were understood */
export const callMarkup = (visible: string, parsed: boolean): string | undefined => {
  // Every marker starts with one of these, and most text has neither.
  if (!visible.includes('<') && !visible.includes('[TOOL_CALLS]')) return undefined
  const content = visible.replace(codeSpan, (span) => ' '.repeat(span.length))
  for (const pattern of calls) {
    const found = pattern.exec(content)
    // random weights now and then draw a marker and a brace behind it, but no whole call
    const before = content.slice(0, found?.index)
    if (found && (!(isForeign(content) || isNoise(before)) || wholeCall.test(content.slice(found.index, found.index + mostText))))
      return content.slice(found.index, found.index + 60)
  }
  const found = parsed && !isNoise(content) ? leftover.exec(content.slice(-mostText)) : null
  return found?.[0].slice(0, 60)
}

/** Whether calls can be expected at all: tools are declared, or the conversation already has calls. */
export const speaksOfTools = (view: View): boolean => {
  const request = asObject(view.request)
  if ((asArray(request?.tools)?.length ?? 0) > 0 || (asArray(request?.functions)?.length ?? 0) > 0) return true
  return (asArray(request?.messages) ?? []).some(
    (message) => Array.isArray(asObject(message)?.tool_calls) || asObject(message)?.role === 'tool',
  )
}

/** Whether the conversation itself contains the marker, so that the model may be quoting it. */
export const isQuoted = (view: View, marker: string): boolean =>
  JSON.stringify(asObject(view.request)?.messages ?? '').includes(marker.replace(/\s.*/s, '').slice(0, 12))
