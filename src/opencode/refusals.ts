import type { Answer } from './send.ts'
import { isObject, textAt } from './world.ts'

const codeOf = ({ json }: Answer): string => textAt(json, ['error', 'code']) ?? textAt(json, ['error', 'type']) ?? ''

const isRefusal = ({ status }: Answer): boolean => status >= 400

/** The endpoint has no such model, or does not let this key use it. */
export const isMissingModel = (answer: Answer): boolean =>
  isRefusal(answer) &&
  (/model_?not_?found|invalid_model|model_not_supported|unknown_model/i.test(codeOf(answer)) ||
    /\bmodel\b[^.\n]{0,80}(not found|does not exist|not exist|is not (a valid|available|supported|allowed)|unknown|no such|invalid)|(unknown|no such|invalid|unsupported) model\b/i.test(
      answer.text.slice(0, 4000),
    )) &&
  !wantsResponses(answer)

/** The model answers on the Responses API only. */
export const wantsResponses = (answer: Answer): boolean =>
  isRefusal(answer) &&
  /chatCompletion operation does not work|(only (supported|available)|use|try) (in|on|via|with|the)?\s*(the )?(\/?v1\/)?responses|not (accessible|supported|available)[^.\n]{0,40}(\/?v1)?\/chat\/completions|unsupported_api_for_model|not a chat model|not in v1\/chat\/completions/i.test(
    answer.text.slice(0, 4000),
  )

/** The prompt, or the prompt and what may be produced, is more than the model takes. */
export const isTooLong = (answer: Answer): boolean =>
  answer.status === 413 ||
  (isRefusal(answer) &&
    (codeOf(answer) === 'context_length_exceeded' ||
      /maximum context length|context (length|window|size)|prompt is too long|too many tokens|token limit|max_(completion_|output_)?tokens[^.\n]{0,60}(too large|at most|exceed|maximum|less than or equal)|reduce the length/i.test(
        answer.text.slice(0, 4000),
      )))

/** A number of tokens that the endpoint names as its limit. */
export const namedLimit = ({ text }: Answer): number | undefined => {
  const [, digits] =
    /(?:maximum context length (?:is|of)|context (?:window|size|length)[^\d\n]{0,30}|at most|less than or equal to|supports at most|limit (?:is|of))\s*\(?(\d[\d,]{2,})/i.exec(
      text.slice(0, 4000),
    ) ?? []
  return digits === undefined ? undefined : Number(digits.replace(/,/g, ''))
}

export const isOutOfFunds = (answer: Answer): boolean =>
  answer.status === 402 ||
  (isRefusal(answer) &&
    /insufficient[_ ](quota|balance|funds|credit)|balance (is )?(too low|not enough|insufficient)|exceeded your current quota|credit balance|arrears|欠费|余额/i.test(
      answer.text.slice(0, 4000),
    ))

/** The endpoint does not know the key at all. */
export const saysWrongKey = (answer: Answer): boolean =>
  isRefusal(answer) &&
  (codeOf(answer) === 'invalid_api_key' ||
    /\b(incorrect|invalid|wrong|unknown|malformed)\s+(?:[\w-]+\s+){0,2}(api[-_ ]?)?(key|token|credentials?)\b|\b(key|token|credentials?)\b[^.\n]{0,20}\b(is|was|are)\s+(incorrect|invalid|wrong|unknown|not valid|not known)\b/i.test(
      answer.text.slice(0, 4000),
    ))

export const isMissingScope = (answer: Answer): boolean =>
  !saysWrongKey(answer) && /\bscope\b|permission|not (authorized|allowed) to/i.test(answer.text.slice(0, 4000))

/** vLLM was started without the part that reads tool calls. */
export const wantsToolParser = (answer: Answer): boolean =>
  isRefusal(answer) && /tool choice requires|--enable-auto-tool-choice|--tool-call-parser/i.test(answer.text.slice(0, 4000))

export const refusesTools = (answer: Answer): boolean =>
  isRefusal(answer) &&
  /(does not|doesn't|not) support(ed)?[^.\n]{0,40}\b(tools?|function)|\btools?\b[^.\n]{0,40}(not supported|unsupported|not permitted|extra)/i.test(
    answer.text.slice(0, 4000),
  )

export const wantsOtherCap = (answer: Answer): boolean =>
  isRefusal(answer) && /max_completion_tokens/.test(answer.text) && /max_tokens/.test(answer.text)

export const refusesUsage = (answer: Answer): boolean => isRefusal(answer) && /stream_options|include_usage/.test(answer.text)

export const isPage = ({ text, mediaType }: Answer): boolean => mediaType === 'text/html' || /^\s*<(!doctype|html)/i.test(text)

/** An error in the body of a 200. */
export const hasError = ({ json }: Answer): boolean => isObject(json) && 'error' in json
