import type { Ask, Said } from './bend.ts'
import { groups, q, tokens } from './text.ts'

/** Probabilities of tokens: the first is always the likeliest, the others are made up. */
export function probabilities(parts: string[], alternatives: number): string {
  const entry = (token: string, value: number) => `"token":${q(token)},"logprob":${value},"bytes":${q([...Buffer.from(token)])}`
  const rows = parts.map((token) => {
    const others = [token, ' the', ' a', '.', ','].slice(0, alternatives).map((one, at) => `{${entry(one, -0.25 - at)}}`)
    return `{${entry(token, -0.25)},"top_logprobs":[${others.join(',')}]}`
  })
  return `[${rows.join(',')}]`
}

function logprobs(ask: Ask, parts: string[]): string {
  return ask.logprobs === undefined || parts.length === 0 ? 'null' : `{"content":${probabilities(parts, ask.logprobs)},"refusal":null}`
}

function usage(all: Said[]): string {
  const prompt = all[0]?.promptTokens ?? 0
  const out = all.reduce((sum, said) => sum + said.outTokens, 0)
  const thought = all.reduce((sum, said) => sum + said.thoughtTokens, 0)
  return (
    `{"prompt_tokens":${prompt},"completion_tokens":${out},"total_tokens":${prompt + out},` +
    `"prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":${thought}}}`
  )
}

function message(said: Said): string {
  const calls = said.calls.map(
    (call) => `{"id":${q(call.id)},"type":"function","function":{"name":${q(call.name)},"arguments":${q(call.args)}}}`,
  )
  const thought = said.thought === '' ? '' : `,"reasoning_content":${q(said.thought)}`
  const content = calls.length > 0 ? 'null' : q(said.text)
  return `{"role":"assistant","content":${content},"refusal":null${thought}${calls.length > 0 ? `,"tool_calls":[${calls.join(',')}]` : ''}}`
}

/** The reply in one piece. */
export function chatBody(ask: Ask, all: Said[], id: string, created: number): string {
  const choices = all.map(
    (said, at) =>
      `{"index":${at},"message":${message(said)},"logprobs":${logprobs(ask, tokens(said.text))},"finish_reason":${q(said.finish)}}`,
  )
  return (
    `{"id":"${id}","object":"chat.completion","created":${created},"model":${q(ask.model)},` +
    `"choices":[${choices.join(',')}],"usage":${usage(all)}}`
  )
}

/** The reply as a stream: one string per block, the sentinel included. */
export function chatBlocks(ask: Ask, all: Said[], id: string, created: number): string[] {
  const head = `data: {"id":"${id}","object":"chat.completion.chunk","created":${created},"model":${q(ask.model)},"choices":[`
  const tail = ask.wantsUsage ? '],"usage":null}\n\n' : ']}\n\n'
  const out: string[] = []
  const put = (index: number, delta: string, finish = 'null', probable = 'null') =>
    out.push(`${head}{"index":${index},"delta":${delta},"logprobs":${probable},"finish_reason":${finish}}${tail}`)
  all.forEach((said, index) => {
    put(index, `{"role":"assistant","content":${said.calls.length > 0 ? 'null' : '""'},"refusal":null}`)
    for (const part of groups(tokens(said.thought), ask.grain)) put(index, `{"reasoning_content":${q(part.join(''))}}`)
    for (const part of groups(tokens(said.text), ask.grain)) put(index, `{"content":${q(part.join(''))}}`, 'null', logprobs(ask, part))
    said.calls.forEach((call, at) => {
      put(index, `{"tool_calls":[{"index":${at},"id":${q(call.id)},"type":"function","function":{"name":${q(call.name)},"arguments":""}}]}`)
      for (const part of groups(tokens(call.args), ask.grain)) {
        put(index, `{"tool_calls":[{"index":${at},"function":{"arguments":${q(part.join(''))}}}]}`)
      }
    })
    put(index, '{}', q(said.finish))
  })
  if (ask.wantsUsage) out.push(`${head}],"usage":${usage(all)}}\n\n`)
  out.push('data: [DONE]\n\n')
  return out
}
