import { bad, chatJson, chunkList, type Dict, type Fault, must, should, type Where } from './bend.ts'
import { dict, list, swap } from './text.ts'

const thinks = true
const assistants = (body: Dict) =>
  list(body.messages)
    .map((message) => dict(message) ?? {})
    .filter((message) => message.role === 'assistant')
const toolTurn = (body: Dict) => assistants(body).some((message) => list(message.tool_calls).length > 0)
const refuse = (test: (body: Dict, where: Where) => boolean, message: string) => ({
  object: (body: Dict, where: Where) => (test(body, where) ? bad('thought', 'messages', message) : undefined),
})

/** Faults of models that think; the server thinks before every answer while one of them is on. */
export const reasoningFaults: Fault[] = [
  must('thoughts-required', ['reasoning.history.omission-accepted'], 'History without reasoning_content is refused in plain chat.', {
    thinks,
    ...refuse((body) => !toolTurn(body) && assistants(body).some((one) => !('reasoning_content' in one)), 'Where is reasoning_content?'),
  }),
  must(
    'thoughts-refused',
    ['reasoning.tools.verbatim-accepted', 'reasoning.history.extra-accepted'],
    'History with reasoning_content is refused.',
    {
      thinks,
      ...refuse((body) => assistants(body).some((one) => 'reasoning_content' in one), 'reasoning_content is not a member of messages.'),
    },
  ),
  must('reasoning-items-refused', ['rreasoning.roundtrip'], 'Reasoning items in the input are refused.', {
    thinks,
    ...refuse(
      (body, where) => where.kind === 'responses' && list(body.input).some((item) => dict(item)?.type === 'reasoning'),
      'No reasoning items.',
    ),
  }),
  must('thoughts-as-parts', ['chat.message.content'], 'The content is an array with a part for the thoughts.', {
    thinks,
    ...chatJson(
      swap(/"content":("(?:[^"\\]|\\.)*"),"refusal"/, '"content":[{"type":"thinking","thinking":[]},{"type":"text","text":$1}],"refusal"'),
    ),
  }),
  should('think-tags', ['reasoning.separate'], 'Thoughts lie between think tags in the content.', {
    thinks,
    ...chatJson((text) =>
      text.replace(/"content":"(.*?)","refusal":null,"reasoning_content":"(.*?)"/s, '"content":"<think>$2</think>$1","refusal":null'),
    ),
  }),
  should('thoughts-last', ['reasoning.stream-order'], 'Thoughts stream after the answer.', {
    thinks,
    ...chunkList((blocks) => {
      const thoughts = blocks.filter((block) => block.includes('"reasoning_content"'))
      const rest = blocks.filter((block) => !block.includes('"reasoning_content"'))
      const end = rest.findIndex((block) => block.includes('"finish_reason":"'))
      return [...rest.slice(0, end), ...thoughts, ...rest.slice(end)]
    }),
  }),
  should('thoughts-free', ['usage.reasoning'], 'reasoning_tokens is 0 although there are thoughts.', {
    thinks,
    said: (said) => {
      said.thoughtTokens = 0
    },
  }),
  should('tool-thoughts-required', ['reasoning.tools.omission-accepted'], 'A tool turn without reasoning_content is refused.', {
    thinks,
    ...refuse((body) => toolTurn(body) && assistants(body).some((one) => !('reasoning_content' in one)), 'Where is reasoning_content?'),
  }),
]
