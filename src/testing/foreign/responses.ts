import type { Ask, Said } from './bend.ts'
import { probabilities } from './chat.ts'
import { dict, groups, list, q, tokens } from './text.ts'

function usage(said: Said): string {
  return (
    `{"input_tokens":${said.promptTokens},"input_tokens_details":{"cached_tokens":0},"output_tokens":${said.outTokens},` +
    `"output_tokens_details":{"reasoning_tokens":${said.thoughtTokens}},"total_tokens":${said.promptTokens + said.outTokens}}`
  )
}

function frame(ask: Ask, id: string, created: number, status: string, output: string, used: string): string {
  const { body } = ask
  const or = (name: string, fallback: unknown) => q(body[name] === undefined ? fallback : body[name])
  const why = status === 'incomplete' ? '{"reason":"max_output_tokens"}' : 'null'
  const thinking = { effort: dict(body.reasoning)?.effort ?? null, summary: dict(body.reasoning)?.summary ?? null }
  return (
    `{"id":"${id}","object":"response","created_at":${created},"status":"${status}","background":false,"error":null,` +
    `"incomplete_details":${why},"instructions":${or('instructions', null)},"max_output_tokens":${or('max_output_tokens', null)},` +
    `"model":${q(ask.model)},"output":[${output}],"parallel_tool_calls":${or('parallel_tool_calls', true)},` +
    `"previous_response_id":${or('previous_response_id', null)},"reasoning":${q(thinking)},"store":${or('store', true)},` +
    `"temperature":${or('temperature', 1)},"text":${q({ format: { type: 'text' }, ...dict(body.text) })},` +
    `"tool_choice":${or('tool_choice', 'auto')},"tools":${or('tools', [])},"top_logprobs":${or('top_logprobs', 0)},` +
    `"top_p":${or('top_p', 1)},"truncation":${or('truncation', 'disabled')},"usage":${used},"user":${or('user', null)},` +
    `"metadata":${or('metadata', {})}}`
  )
}

type Item = { id: string; added: string; done: string; middle: (put: Put, at: number) => void }
type Put = (type: string, rest: string) => void

function thoughtItem(ask: Ask, said: Said, id: string, status: string): Item {
  const secret = list(ask.body.include).includes('reasoning.encrypted_content')
  const sealed = secret ? `,"encrypted_content":"${Buffer.from(said.thought).toString('base64')}"` : ''
  const part = `{"type":"summary_text","text":${q(said.thought)}}`
  return {
    id,
    added: `{"id":"${id}","type":"reasoning","status":"in_progress","summary":[]${sealed}}`,
    done: `{"id":"${id}","type":"reasoning","status":"${status}","summary":[${part}]${sealed}}`,
    middle: (put, at) => {
      const place = `"item_id":"${id}","output_index":${at},"summary_index":0`
      put('response.reasoning_summary_part.added', `${place},"part":{"type":"summary_text","text":""}`)
      for (const piece of groups(tokens(said.thought), ask.grain)) {
        put('response.reasoning_summary_text.delta', `${place},"delta":${q(piece.join(''))}`)
      }
      put('response.reasoning_summary_text.done', `${place},"text":${q(said.thought)}`)
      put('response.reasoning_summary_part.done', `${place},"part":${part}`)
    },
  }
}

function messageItem(ask: Ask, said: Said, id: string, status: string): Item {
  const all = tokens(said.text)
  const odds = (parts: string[]) => (ask.logprobs === undefined ? '[]' : probabilities(parts, ask.logprobs))
  const part = `{"type":"output_text","text":${q(said.text)},"annotations":[],"logprobs":${odds(all)}}`
  return {
    id,
    added: `{"id":"${id}","type":"message","role":"assistant","status":"in_progress","content":[]}`,
    done: `{"id":"${id}","type":"message","role":"assistant","status":"${status}","content":[${part}]}`,
    middle: (put, at) => {
      const place = `"item_id":"${id}","output_index":${at},"content_index":0`
      put('response.content_part.added', `${place},"part":{"type":"output_text","text":"","annotations":[],"logprobs":[]}`)
      for (const piece of groups(all, ask.grain)) {
        put('response.output_text.delta', `${place},"delta":${q(piece.join(''))},"logprobs":${odds(piece)}`)
      }
      put('response.output_text.done', `${place},"text":${q(said.text)},"logprobs":${odds(all)}`)
      put('response.content_part.done', `${place},"part":${part}`)
    },
  }
}

function callItem(ask: Ask, call: Said['calls'][number], id: string, status: string): Item {
  const item = (state: string, args: string) =>
    `{"id":"${id}","type":"function_call","status":"${state}","call_id":${q(call.id)},"name":${q(call.name)},"arguments":${q(args)}}`
  return {
    id,
    added: item('in_progress', ''),
    done: item(status, call.args),
    middle: (put, at) => {
      const place = `"item_id":"${id}","output_index":${at}`
      for (const piece of groups(tokens(call.args), ask.grain)) {
        put('response.function_call_arguments.delta', `${place},"delta":${q(piece.join(''))}`)
      }
      put('response.function_call_arguments.done', `${place},"name":${q(call.name)},"arguments":${q(call.args)}`)
    },
  }
}

function items(ask: Ask, said: Said, id: string): Item[] {
  const tail = id.slice('resp_'.length)
  const cut = said.finish === 'length' ? 'incomplete' : 'completed'
  const silent = said.calls.length === 0 && said.text === '' && said.thought !== ''
  const out: Item[] = said.thought === '' ? [] : [thoughtItem(ask, said, `rs_${tail}`, silent ? cut : 'completed')]
  said.calls.forEach((call, at) => {
    out.push(callItem(ask, call, `fc_${tail}${at}`, at === said.calls.length - 1 ? cut : 'completed'))
  })
  if (said.calls.length === 0 && !silent) out.push(messageItem(ask, said, `msg_${tail}`, cut))
  return out
}

/** The reply in one piece. */
export function responseBody(ask: Ask, said: Said, id: string, created: number): string {
  const output = items(ask, said, id).map((item) => item.done)
  return frame(ask, id, created, said.finish === 'length' ? 'incomplete' : 'completed', output.join(','), usage(said))
}

/** The reply as a stream: one string per block. */
export function responseBlocks(ask: Ask, said: Said, id: string, created: number): string[] {
  const out: string[] = []
  const put: Put = (type, rest) => out.push(`event: ${type}\ndata: {"type":"${type}","sequence_number":${out.length},${rest}}\n\n`)
  const opening = frame(ask, id, created, 'in_progress', '', 'null')
  put('response.created', `"response":${opening}`)
  put('response.in_progress', `"response":${opening}`)
  items(ask, said, id).forEach((item, at) => {
    put('response.output_item.added', `"output_index":${at},"item":${item.added}`)
    item.middle(put, at)
    put('response.output_item.done', `"output_index":${at},"item":${item.done}`)
  })
  put(said.finish === 'length' ? 'response.incomplete' : 'response.completed', `"response":${responseBody(ask, said, id, created)}`)
  return out
}
