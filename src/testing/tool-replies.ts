import type { View } from '../types.ts'
import { chatStream, json, type Options } from './transcript.ts'

/** A declaration of a function with one required and one optional parameter. */
export const declare = (name: string, more: object = {}): object => ({
  type: 'function',
  function: {
    name,
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' }, unit: { type: 'string', enum: ['c', 'f'] } },
      required: ['city'],
    },
    ...more,
  },
})

export const weather = declare('get_weather')

/** An entry of `message.tool_calls`. */
export const call = (id: string, text = '{"city":"Paris"}', name = 'get_weather'): object => ({
  id,
  type: 'function',
  function: { name, arguments: text },
})

interface Reply {
  readonly calls?: unknown
  readonly content?: unknown
  readonly finish?: string | null
  readonly usage?: object
  readonly id?: string
  readonly message?: object
  /** Members of the request; it declares `get_weather` unless it says otherwise. */
  readonly request?: Readonly<Record<string, unknown>>
  readonly options?: Options
}

const requestOf = ({ request }: Reply) => ({ tools: [weather], ...request })

/** A chat completion that answers a request with tools. */
export const reply = (given: Reply): View => {
  const { calls, content = null, finish = calls === undefined ? 'stop' : 'tool_calls', usage, id = 'chatcmpl-1', message } = given
  return json(
    'POST /chat/completions',
    {
      id,
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content, ...(calls === undefined ? {} : { tool_calls: calls }), ...message },
          finish_reason: finish,
        },
      ],
      ...(usage === undefined ? {} : { usage }),
    },
    { ...given.options, request: requestOf(given) },
  )
}

/** A chunk with one delta, `null` meaning that the choice goes on. */
export const chunk = (delta: object, finish: string | null = null): object => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta, finish_reason: finish }],
})

/** The first delta of a call. */
export const head = (index: number, id: string, text = '', name = 'get_weather'): object => ({
  index,
  id,
  type: 'function',
  function: { name, arguments: text },
})

/** A later delta of a call. */
export const more = (index: number, text: string): object => ({ index, function: { arguments: text } })

/** A stream whose chunks bring these entries of `tool_calls`; an array holds the entries of one chunk. */
export const calls = (entries: readonly (object | readonly object[])[], given: Reply = {}): View =>
  chatStream(
    [
      chunk({ role: 'assistant', content: null }),
      ...entries.map((entry) => chunk({ tool_calls: Array.isArray(entry) ? entry : [entry] })),
      ...(given.finish === null ? [] : [chunk({}, given.finish ?? 'tool_calls')]),
      '[DONE]',
    ],
    { ...given.options, request: requestOf(given) },
  )
