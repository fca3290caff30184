import { expect, test } from 'vitest'
import { isCallText } from './call-text.ts'

const parameters = (member: string) => ({ type: 'object', properties: { [member]: { type: 'string' } }, required: [member] })
const tools = [
  { name: 'bash', schema: parameters('command') },
  { name: 'read', schema: parameters('path') },
  ...['question', 'task', 'edit', 'list'].map((name) => ({ name, schema: { type: 'object', properties: {} } })),
]
const declared = JSON.stringify({ type: 'function', function: { name: 'bash', parameters: parameters('command') } })
const launch = JSON.stringify({ version: '0.2.0', configurations: [{ type: 'node', name: 'bash', args: ['-l'] }] }, null, 2)
const jobs = JSON.stringify({ version: '2.0.0', tasks: [{ label: 'b', name: 'bash', args: { command: 'make' } }] })
const hooks = JSON.stringify({ hooks: { PreToolUse: [{ tool: 'bash', args: { command: 'true' } }] } }, null, 2)
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
  ['a parameter list of Llama', '{"type":"function","name":"bash","parameters":{"command":"true"}}'],
  ['a value that is cut', call.slice(0, -5)],
  ['calls behind one another in Python', '[bash(command="(a"), read(path=\'b\')]'],
  ['Python of a tool that needs nothing', 'list()'],
  ['a line of input', 'Action: bash\nAction Input: ls'],
  ['two elements in one', '<edit><path>a</path>\n<text>b</text></edit>'],
  ['an object behind much prose', `${'Words.\n'.repeat(5000)}${call}`],
  ['an element that names it', '<tool_use>\n<name>bash</name>\n<arguments>{}</arguments>\n</tool_use>'],
])('%s is a call', (_, text) => {
  expect(isCallText(text, tools)).toBe(true)
})

test.each([
  ['a tool that was not declared', '{"name":"shell","arguments":{"command":"true"}}'],
  ['an answer in JSON', '{"name":"Ann","input":5}'],
  ['a name without input', 'The tool {"name":"bash"} was used.'],
  ['a mention', 'I ran bash(1) for you, see `bash --help`.'],
  ['a call inside a sentence', 'You may write bash(command="true") here.'],
  ['a list of processes', 'These processes run:\n\n[{"pid": 1, "name": "bash", "args": ["-l"]}]\n\nNothing else.'],
  ['a list of processes at the end', 'These run:\n[{"pid": 1, "name": "bash", "args": ["-l"]}]'],
  ['a call with prose behind it', `${call}\n\nThis is how it looks.`],
  ['a declaration', `This declares it:\n\`\`\`json\n${declared}\n\`\`\`\nIt can be called then.`],
  ['a declaration at the end', `This declares it:\n\`\`\`json\n${declared}\n\`\`\``],
  ['a flat declaration', JSON.stringify({ type: 'function', name: 'bash', parameters: parameters('command') })],
  ['a launch file', `\`\`\`json\n${launch}\n\`\`\``],
  ['a launch file that is cut', launch.slice(0, -10)],
  ['a file of build steps', jobs],
  ['a file of servers', '{"mcpServers":[{"name":"read","args":["x"]}]}'],
  ['a hooks file', `Write this:\n\n${hooks}\n\nThen start again.`],
  ['a list of services', '{"services":[{"function":"read","params":{}}]}'],
  ['another input than the tool has', '{"name":"read","args":{"colour":"red"}}'],
  ['more than a call has', '{"name":"read","args":{"path":"x"},"schedule":"daily"}'],
  ['actions that are explained', 'It writes\n\nAction: bash\nAction Input: ls\n\nThe framework then runs it.'],
  ['names of elements', 'Your file has <tool> <name>bash</name> in it'],
  ['an element about a tool', '<tool>\n<name>bash</name>\n<version>5</version>\n</tool>'],
  ['Python that does more', '```python\nread(path="x")\nfoo()\n```'],
  ['Python with another input', 'read(file="x")'],
  ['Python without what is needed', 'read()'],
  ['a question in an element', '<question>What is 2+2?</question>'],
  ['words in an element', '<task>Sum up the file.</task>'],
  ['an edit in an element', '<edit>foo</edit>'],
  ['blanks without an end', `bash()${' '.repeat(16_000)}x`],
  ['a shell block', '```bash\ntrue\n```'],
])('%s is none', (_, text) => {
  expect(isCallText(text, tools)).toBe(false)
})
