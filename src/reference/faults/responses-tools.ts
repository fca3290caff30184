import type { Fault, Json } from '../exchange.ts'
import { fault, onResponse, onResponsesRequest, onSpeech, parsedArguments, refusesResponses } from './stages.ts'

const items = (body: Json): Json[] => (Array.isArray(body.input) ? body.input : [])

const ofType =
  (type: string) =>
  (item: Json): boolean =>
    item?.type === type

const onResponsesSpeech = (bend: Parameters<typeof onSpeech>[0]) =>
  onSpeech((speech, call) => {
    if (call.target.endsWith('/responses')) bend(speech, call)
  })

const names = (body: Json, tool: Json): boolean => Array.isArray(body.tools) && body.tools.some((declared: Json) => declared?.name === tool)

const onCallItem = (bend: (item: Json) => void) =>
  onResponse((response) => {
    for (const item of response.output) if (item.type === 'function_call') bend(item)
  })

/** Tools on the Responses endpoint. */
export const responsesToolFaults: readonly Fault[] = [
  fault(
    'responses-call-id-missing',
    'rtools.call',
    'calls have no call_id',
    onCallItem((item) => {
      delete item.call_id
    }),
  ),
  fault(
    'responses-call-id-empty',
    'rtools.call',
    'the call_id of calls is empty',
    onCallItem((item) => {
      item.call_id = ''
    }),
  ),
  fault(
    'responses-arguments-object',
    'rtools.call',
    'arguments of calls are an object',
    onCallItem((item) => {
      item.arguments = parsedArguments(item.arguments)
    }),
  ),
  fault(
    'responses-arguments-invalid',
    'rtools.call',
    'arguments of calls are JSON without its last bracket',
    onCallItem((item) => {
      item.arguments = item.arguments.slice(0, -1)
    }),
  ),
  fault(
    'responses-call-name-missing',
    'rtools.call',
    'calls have no name',
    onCallItem((item) => {
      delete item.name
    }),
  ),
  fault(
    'responses-call-name-undeclared',
    'rtools.call',
    'a function is called that was not declared',
    onCallItem((item) => {
      item.name = `functions.${item.name}`
    }),
  ),
  fault(
    'responses-call-nested',
    'rtools.call',
    'calls have the nested form of chat',
    onCallItem((item) => {
      item.function = { name: item.name, arguments: item.arguments }
      delete item.name
      delete item.arguments
    }),
  ),
  fault(
    'responses-call-type',
    'rtools.call',
    'the type of call items is tool_call',
    onCallItem((item) => {
      item.type = 'tool_call'
    }),
  ),
  fault(
    'responses-markup-leak',
    'rtools.call',
    'calls are left in the text as markup',
    onResponsesSpeech((speech) => {
      if (speech.calls.length === 0) return
      speech.content = speech.calls.map((call) => `<tool_call>{"name":"${call.name}","arguments":${call.arguments}}</tool_call>`).join('')
      speech.calls = []
      speech.finish = 'stop'
    }),
  ),
  fault(
    'responses-choice-none-ignored',
    'rtools.choice',
    'the choice none is ignored',
    onResponsesRequest((body) => {
      if (body.tool_choice === 'none' && Array.isArray(body.tools)) delete body.tool_choice
    }),
  ),
  fault(
    'responses-choice-required-ignored',
    'rtools.choice',
    'the choice required never leads to a call',
    onResponsesRequest((body) => {
      if (body.tool_choice === 'required' && Array.isArray(body.tools)) body.tool_choice = 'none'
    }),
  ),
  fault(
    'responses-choice-named-ignored',
    'rtools.choice',
    'a named choice never leads to a call',
    onResponsesRequest((body) => {
      if (names(body, body.tool_choice?.name)) body.tool_choice = 'none'
    }),
  ),
  fault(
    'responses-parallel-switch-ignored',
    'tools.parallel.disabled',
    'parallel_tool_calls is ignored',
    onResponsesRequest((body) => {
      if (body.parallel_tool_calls === false) delete body.parallel_tool_calls
    }),
  ),
  fault(
    'responses-output-refused',
    'rtools.output',
    'function outputs are refused',
    refusesResponses((body) => items(body).some(ofType('function_call_output')) && items(body).some(ofType('function_call')), 'input'),
  ),
  fault(
    'responses-output-dropped',
    'rtools.output',
    'function outputs do not reach the model',
    onResponsesRequest((body) => {
      for (const item of items(body)) if (item?.type === 'function_call_output') item.output = ''
    }),
  ),
  fault(
    'responses-output-500',
    'wire.no-server-error',
    'function outputs end in a server error',
    onResponsesRequest((body) => {
      if (items(body).some(ofType('function_call_output'))) throw new TypeError('output')
    }),
  ),
]
