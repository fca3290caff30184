import { type Fault, must, responseJson } from './bend.ts'
import { about, objecting } from './faults-responses.ts'
import { swap } from './text.ts'

const STRING = '"(?:[^"\\\\]|\\\\.)*"'

/** Faults of function calls on Responses. */
export const responsesToolFaults: Fault[] = [
  must('fc-call-id-absent', ['rtools.call'], 'Calls have no call_id.', responseJson(swap(/"call_id":"call_\w+",/g, ''))),
  must('fc-call-id-empty', ['rtools.call'], 'Calls have an empty call_id.', responseJson(swap(/"call_id":"call_\w+"/g, '"call_id":""'))),
  must(
    'fc-arguments-object',
    ['rtools.call'],
    'Arguments are an object.',
    responseJson((text) =>
      text.replace(new RegExp(`"arguments":(${STRING})`, 'g'), (_all, args: string) => `"arguments":${JSON.parse(args)}`),
    ),
  ),
  must(
    'fc-nested',
    ['rtools.call'],
    'Name and arguments lie inside function, as in chat.',
    responseJson(swap(new RegExp(`("name":"\\w+","arguments":${STRING})`, 'g'), '"function":{$1}')),
  ),
  must(
    'fc-status-absent',
    ['rtools.call'],
    'Calls have no status.',
    responseJson(swap(/"function_call","status":"\w+"/g, '"function_call"')),
  ),
  must(
    'fc-name-prefixed',
    ['rtools.call'],
    'Function names have a prefix functions.',
    responseJson(swap(/("call_id":"\w+","name":")/g, '$1functions.')),
  ),
  must(
    'fc-type-chat',
    ['rtools.call'],
    'Calls have the type tool_call.',
    responseJson(swap(/"type":"function_call"/g, '"type":"tool_call"')),
  ),
  must(
    'rchoice-required-ignored',
    ['rtools.choice'],
    'tool_choice required yields plain text.',
    about((ask) => {
      if (ask.body.tool_choice === 'required') ask.choice = 'none'
    }),
  ),
  must(
    'rchoice-none-ignored',
    ['rtools.choice'],
    'tool_choice none does not keep the model from calling.',
    about((ask) => {
      if (ask.choice === 'none' && ask.tools.length > 0) ask.choice = 'auto'
    }),
  ),
  must(
    'output-refused',
    ['rtools.output'],
    'Items of type function_call_output are refused.',
    objecting((item) => item.type === 'function_call_output', 'Items of type function_call_output are not taken.'),
  ),
  must(
    'output-forgotten',
    ['rtools.output'],
    'Outputs of functions do not reach the model.',
    about((ask) => {
      ask.turns = ask.turns.filter((turn) => turn.role !== 'tool' && turn.calls.length === 0)
    }),
  ),
]
