import { expect, test } from 'vitest'
import { type Place, programs } from './programs.ts'

const lines = (...objects: readonly object[]) => ['a line for people', ...objects.map((each) => JSON.stringify(each))].join('\n')
const read = (id: string, stdout: string) => programs[id]?.read(stdout)

const place: Place = { home: '/home/somebody', url: 'http://127.0.0.1:1/v1', api: 'responses', model: 'reference-thinking' }

test.each(Object.entries(programs))('%s is pinned, and is told the endpoint and the model', (_, program) => {
  expect(program.package).toMatch(/^@?[a-z/-]+@\d+\.\d+\.\d+$/)
  const told = JSON.stringify([program.files(place), program.env(place), program.args(place, program.prompt)])
  expect(told).toContain(place.url)
  expect(told).toContain(place.model)
  expect(told).toContain(program.prompt)
})

test.each(Object.keys(programs))('%s prints nothing: nothing was done and nothing said', (id) => {
  expect(read(id, 'no JSON\n[1, null]\n{}\n')).toMatchObject({ text: '', toolsDone: 0, toolsFailed: 0, error: undefined })
})

test('Codex: the text after the last tool is the answer', () => {
  const item = (own: object) => ({ type: 'item.completed', item: own })
  const ran = item({ type: 'command_execution', status: 'completed', exit_code: 0 })
  const failed = item({ type: 'command_execution', status: 'failed', exit_code: 127 })
  const said = (text: string) => item({ type: 'agent_message', text })
  expect(read('codex', lines(said('I will look.'), ran, said('Done.')))).toMatchObject({ text: 'Done.', toolsDone: 1, toolsFailed: 0 })
  expect(read('codex', lines(said('I will look.'), failed))).toMatchObject({ text: '', toolsDone: 0, toolsFailed: 1 })
})

test('Codex: an error that it retries is not the end of the turn', () => {
  const again = { type: 'error', message: 'Reconnecting... 1/5 (the stream broke)' }
  const warning = { type: 'item.completed', item: { type: 'error', message: 'The model is not known.' } }
  expect(read('codex', lines(warning, again, again))).toMatchObject({ retried: 2, error: undefined })
  expect(read('codex', lines(again, { type: 'turn.failed', error: { message: 'no more' } }))).toMatchObject({
    retried: 1,
    error: 'no more',
  })
})

test('pi: the last message of the assistant decides', () => {
  const ended = (message: object) => ({ type: 'message_end', message })
  const said = (text: string, stopReason = 'stop') => ended({ role: 'assistant', content: [{ type: 'text', text }], stopReason })
  const result = (isError: boolean) => ended({ role: 'toolResult', isError, content: [] })
  expect(read('pi', lines(said('', 'toolUse'), result(false), said('Done.')))).toEqual({ text: 'Done.', toolsDone: 1, toolsFailed: 0 })
  expect(read('pi', lines(said('', 'toolUse'), result(true), said('Sorry.')))).toMatchObject({ toolsDone: 0, toolsFailed: 1 })
  const broken = ended({ role: 'assistant', content: [], stopReason: 'error', errorMessage: 'terminated' })
  expect(read('pi', lines(broken))?.error).toBe('terminated')
  expect(read('pi', lines(broken, said('Done.')))?.error).toBeUndefined()
})

test('Qwen Code: one list of messages, whose last one says whether it failed', () => {
  const said = (...content: readonly object[]) => ({ type: 'assistant', message: { content } })
  const result = (is_error: boolean) => ({ type: 'user', message: { content: [{ type: 'tool_result', is_error }] } })
  const print = (...messages: readonly object[]) => `a line for people\n${JSON.stringify(messages)}`
  const call = said({ type: 'tool_use', name: 'run_shell_command' })
  const answer = said({ type: 'text', text: 'Done.' })
  const fine = { type: 'result', is_error: false, result: 'Done.' }
  expect(read('qwen', print(call, result(false), answer, fine))).toEqual({ text: 'Done.', toolsDone: 1, toolsFailed: 0 })
  const thought = said({ type: 'thinking', thinking: 'Was that it?' })
  expect(read('qwen', print(said({ type: 'text', text: 'I will look.' }), call, result(false), answer, thought, fine))?.text).toBe('Done.')
  expect(read('qwen', print(call, result(true), answer, fine))).toMatchObject({ toolsDone: 0, toolsFailed: 1 })
  expect(read('qwen', print({ type: 'result', is_error: true, error: { message: 'refused' } }))?.error).toBe('refused')
})
