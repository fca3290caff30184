import { expect, test } from 'vitest'
import { isCallText } from './call-text.ts'

const names = ['bash', 'read']
const call = '{"name":"bash","arguments":{"command":"true"}}'

test.each([
  ['an object', call],
  ['a list', `[${call}]`],
  ['a fence', `\`\`\`json\n${call}\n\`\`\``],
  ['prose before a fence', `I will look.\n\`\`\`json\n${call}\n\`\`\``],
  ['two lines', `${call}\n${call}`],
  ['an object that is cut', call.slice(0, -1)],
  ['thoughts before it', `<think>Hm.</think>\n${call}`],
  ['other members', '{"action":"bash","action_input":{"command":"true"}}'],
  ['the name behind', '{"arguments":{"command":"true"},"name":"bash"}'],
  ['the type before', '{"type":"tool_use","name":"bash","input":{"command":"true"}}'],
  ['a namespace', '{"name":"functions.bash","arguments":{}}'],
  ['another case', '{"name":"Bash","arguments":{}}'],
  ['an object around', '{"tool_calls":[{"function":{"name":"bash","arguments":"{}"}}]}'],
  ['functools', `functools[${call}]`],
  ['Python', '[bash(command="true")]'],
  ['Python in a fence', '```tool_code\nprint(bash(command="true"))\n```'],
  ['an action', 'Thought: look.\nAction: bash\nAction Input: {"command":"true"}'],
  ['an element', '<bash>\n<command>true</command>\n</bash>'],
  ['an element that names it', '<tool_use>\n<name>bash</name>\n<arguments>{}</arguments>\n</tool_use>'],
])('%s is a call', (_, text) => {
  expect(isCallText(text, names)).toBe(true)
})

test.each([
  ['a tool that was not declared', '{"name":"shell","arguments":{"command":"true"}}'],
  ['an answer in JSON', '{"name":"Ann","input":5}'],
  ['a name without input', 'The tool {"name":"bash"} was used.'],
  ['a mention', 'I ran bash(1) for you, see `bash --help`.'],
  ['a call inside a sentence', 'You may write bash(command="true") here.'],
  ['a shell block', '```bash\ntrue\n```'],
])('%s is none', (_, text) => {
  expect(isCallText(text, names)).toBe(false)
})
