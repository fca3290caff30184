import { createHash } from 'node:crypto'
import { asking, type Question } from '../reference/ask.ts'
import type { Fault } from '../reference/exchange.ts'
import { faults } from '../reference/faults.ts'
import type { ClientApi } from '../types.ts'
import { prompt } from './prompt.ts'

const parameters = { type: 'object', properties: { command: { type: 'string' } }, required: ['command'] }
const call = { id: 'call_1', type: 'function', function: { name: 'bash', arguments: '{"command":"command"}' } }
const item = { type: 'function_call', call_id: 'call_1', name: 'bash', arguments: '{"command":"command"}' }

/** The two requests of a turn, as a client sends them: the question, and the result of the tool. */
export const turns: Readonly<Record<ClientApi, { readonly path: string; readonly bodies: readonly object[] }>> = {
  chat: {
    path: '/chat/completions',
    bodies: [
      [],
      [
        { role: 'assistant', content: '', tool_calls: [call] },
        { role: 'tool', tool_call_id: 'call_1', content: '' },
      ],
    ].map((more) => ({
      messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: prompt }, ...more],
      max_tokens: 32_000,
      tool_choice: 'auto',
      stream: true,
      stream_options: { include_usage: true },
      tools: [{ type: 'function', function: { name: 'bash', description: 'Runs a command.', parameters } }],
    })),
  },
  responses: {
    path: '/responses',
    bodies: [[], [item, { type: 'function_call_output', call_id: 'call_1', output: '' }]].map((more) => ({
      input: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: [{ type: 'input_text', text: prompt }] }, ...more],
      max_output_tokens: 32_000,
      tool_choice: 'auto',
      store: false,
      stream: true,
      tools: [{ type: 'function', name: 'bash', description: 'Runs a command.', parameters, strict: false }],
    })),
  },
}

const answers = (api: ClientApi, model: string, names: readonly Fault[]): string => {
  const ask = asking({ bends: names })
  const { path, bodies } = turns[api]
  return JSON.stringify(
    bodies.map((body) => {
      const { status, headers, text } = ask(path, { body: { model, ...body } } satisfies Question)
      return [status, headers['content-type'], headers.location, text]
    }),
  )
}

export interface Chosen {
  readonly fault: string
  readonly api: ClientApi
  readonly model: string
}

/** Broken on the line alone, which the answer as text does not show. */
const onTheLine = /^(connection-held-open|cut-after-last-event|truncated|open-without-done|buffered)$/

/** Every fault that changes what a client receives in a turn with one tool, as far as the answers show it. */
export const relevantFaults = (api: ClientApi): readonly Chosen[] =>
  faults
    .filter((fault) => {
      const model = fault.model ?? 'reference'
      try {
        return onTheLine.test(fault.name) || answers(api, model, [fault]) !== answers(api, model, [])
      } catch {
        return false
      }
    })
    .map(({ name, model = 'reference' }) => ({ fault: name, api, model }))

/** So many of a list, spread by their names, and always the same. */
export const sampleOf = (list: readonly Chosen[], size: number): readonly Chosen[] => {
  const key = ({ fault }: Chosen) => createHash('sha256').update(fault).digest('hex')
  return [...list].sort((one, other) => (key(one) < key(other) ? -1 : 1)).slice(0, size)
}
