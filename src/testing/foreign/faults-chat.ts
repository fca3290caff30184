import { type Ask, bad, chatJson, type Dict, type Fault, modelsJson, must, ruled, should, type Where } from './bend.ts'
import { contentText, dict, list, swap } from './text.ts'

const messages = (body: Dict) => list(body.messages).map((message) => dict(message) ?? {})
const forget = (role: string) => ({
  ask: (ask: Ask, where: Where) => {
    if (where.kind === 'chat') ask.turns = ask.turns.filter((turn) => turn.role !== role)
  },
})
const refuseRole = (role: string) => ({
  object: (body: Dict) =>
    messages(body).some((message) => message.role === role) ? bad('role', 'messages', `The role ${role} is not known.`) : undefined,
})

/** Faults of the model list. */
export const modelFaults: Fault[] = [
  must('models-bare', ['models.list'], 'The list comes as a bare array.', modelsJson(swap(/^\{"object":"list","data":(.*)\}$/s, '$1'))),
  must('models-object', ['models.list'], 'The list calls itself models.', modelsJson(swap('"object":"list"', '"object":"models"'))),
  must('models-key', ['models.list'], 'The entries lie under models.', modelsJson(swap('"data":', '"models":'))),
  must('models-name', ['models.entry.id'], 'Entries have name in place of id.', modelsJson(swap(/\{"id":/g, '{"name":'))),
  must(
    'models-id-number',
    ['models.entry.id'],
    'The last entry has a number for an id.',
    modelsJson(swap(/(.*)"id":"[^"]*"/s, '$1"id":17')),
  ),
  must('models-id-empty', ['models.entry.id'], 'The last entry has an empty id.', modelsJson(swap(/(.*)"id":"[^"]*"/s, '$1"id":""'))),
  should('models-no-owner', ['models.entry.fields'], 'Entries lack owned_by.', modelsJson(swap(/,"owned_by":"foreign"/g, ''))),
  should(
    'models-created-ms',
    ['models.entry.fields'],
    'Entries count milliseconds.',
    modelsJson(swap(/"created":(\d+)/g, '"created":$1000')),
  ),
  should('models-twice', ['models.id-usable'], 'The list names every model twice.', modelsJson(swap(/"data":\[(.*)\]/s, '"data":[$1,$1]'))),
  should('model-entry-wrapped', ['models.retrieve'], 'One model is answered as a list of one.', {
    json: (text, where) => (where.kind === 'model' && where.status === 200 ? `{"object":"list","data":[${text}]}` : text),
  }),
  should(
    'model-entry-any',
    ['models.retrieve', 'errors.status-class'],
    'Any id can be retrieved.',
    ruled('no-model-entry', () => undefined),
  ),
]

/** Faults of the plain chat reply. */
export const chatFaults: Fault[] = [
  must('chat-object', ['chat.object'], 'The reply calls itself text_completion.', chatJson(swap('"chat.completion"', '"text_completion"'))),
  must('chat-object-absent', ['chat.object'], 'The reply has no object.', chatJson(swap('"object":"chat.completion",', ''))),
  must('chat-id-empty', ['chat.id'], 'The id is empty.', chatJson(swap(/^\{"id":"[^"]*"/, '{"id":""'))),
  must('chat-id-absent', ['chat.id'], 'There is no id.', chatJson(swap(/^\{"id":"[^"]*",/, '{'))),
  must('chat-created-ms', ['chat.created'], 'created counts milliseconds.', chatJson(swap(/"created":(\d+)/, '"created":$1000'))),
  must('chat-created-string', ['chat.created'], 'created is a string.', chatJson(swap(/"created":(\d+)/, '"created":"$1"'))),
  must('chat-created-zero', ['chat.created'], 'created is 0.', chatJson(swap(/"created":\d+/, '"created":0'))),
  must('chat-created-fraction', ['chat.created'], 'created has a fraction.', chatJson(swap(/"created":(\d+)/, '"created":$1.5'))),
  must('chat-model-absent', ['chat.model'], 'The reply does not say which model.', chatJson(swap(/"model":"[^"]*",/, ''))),
  must('chat-model-empty', ['chat.model'], 'model is empty.', chatJson(swap(/"model":"[^"]*"/, '"model":""'))),
  must(
    'choices-object',
    ['chat.choices'],
    'choices is an object with numbered members.',
    chatJson((text) =>
      text
        .replace('"choices":[', '"choices":{')
        .replace(/\{"index":(\d+),"message"/g, '"$1":{"index":$1,"message"')
        .replace('],"usage"', '},"usage"'),
    ),
  ),
  must('choices-empty', ['chat.choices'], 'choices is empty.', chatJson(swap(/"choices":\[.*\],"usage"/s, '"choices":[],"usage"'))),
  must('choice-from-one', ['chat.choices'], 'Choices count from 1.', chatJson(swap('"index":0,"message"', '"index":1,"message"'))),
  must('choice-unnumbered', ['chat.choices'], 'Choices have no index.', chatJson(swap('"index":0,"message"', '"message"'))),
  must(
    'finish-null',
    ['chat.finish-reason'],
    'A finished reply has a null finish_reason.',
    chatJson(swap(/"finish_reason":"\w+"/, '"finish_reason":null')),
  ),
  must(
    'finish-eos',
    ['chat.finish-reason'],
    'A finished reply ends with eos_token.',
    chatJson(swap('"finish_reason":"stop"', '"finish_reason":"eos_token"')),
  ),
  must('finish-absent', ['chat.finish-reason'], 'A choice has no finish_reason.', chatJson(swap(/,"finish_reason":"\w+"/, ''))),
  must('role-bot', ['chat.message.role'], 'The role is bot.', chatJson(swap('"role":"assistant"', '"role":"bot"'))),
  must('role-absent', ['chat.message.role'], 'The message has no role.', chatJson(swap('"role":"assistant",', ''))),
  must(
    'content-array',
    ['chat.message.content'],
    'The content is an array of parts.',
    chatJson(swap(/"content":("(?:[^"\\]|\\.)*"),"refusal"/, '"content":[{"type":"text","text":$1}],"refusal"')),
  ),
  must(
    'content-object',
    ['chat.message.content'],
    'The content is an object.',
    chatJson(swap(/"content":("(?:[^"\\]|\\.)*"),"refusal"/, '"content":{"text":$1},"refusal"')),
  ),
  must('content-absent', ['chat.message.content'], 'A message with calls has no member content.', chatJson(swap('"content":null,', ''))),
  must('system-forgotten', ['chat.role.system'], 'System messages do not reach the model.', forget('system')),
  must('system-refused', ['chat.role.system', 'chat.role.placement'], 'System messages are refused.', refuseRole('system')),
  must('history-forgotten', ['chat.multi-turn'], 'Only the last user message reaches the model.', {
    ask: (ask, where) => {
      if (where.kind === 'chat' && !ask.turns.some((turn) => turn.role === 'tool')) {
        const said = ask.turns.filter((turn) => turn.role === 'user').slice(-1)
        ask.turns = [...ask.turns.filter((turn) => turn.role === 'system' || turn.role === 'developer'), ...said]
      }
    },
  }),
  must('parts-first-only', ['chat.content-parts'], 'Only the first part of a content is read.', {
    ask: (ask, where) => {
      if (where.kind !== 'chat') return
      ask.turns.forEach((turn, at) => {
        const { content } = messages(ask.body)[at] ?? {}
        if (Array.isArray(content)) turn.text = contentText(content.slice(0, 1))
      })
    },
  }),
  must('parts-refused', ['chat.content-parts'], 'A user content that is an array is refused.', {
    object: (body) => {
      const at = messages(body).findIndex((message) => message.role === 'user' && Array.isArray(message.content))
      return at < 0 ? undefined : bad('parts', `messages[${at}].content`, 'content has to be a string.')
    },
  }),
  must('astral-lost', ['chat.unicode'], 'Characters beyond the basic plane come out as question marks.', {
    said: (said, _ask, where) => {
      if (where.kind === 'chat') said.text = said.text.replace(/[\u{10000}-\u{10ffff}]/gu, '?')
    },
  }),
  should('chat-id-same', ['chat.id-unique'], 'Every reply has the same id.', chatJson(swap(/^\{"id":"[^"]*"/, '{"id":"cmp-1"'))),
  should('logprobs-absent', ['chat.logprobs-key'], 'Choices have no logprobs.', chatJson(swap('"logprobs":null,', ''))),
  should('refusal-absent', ['chat.message.refusal-key'], 'Messages have no refusal.', chatJson(swap(/,"refusal":null/, ''))),
  should(
    'tool-calls-null',
    ['chat.message.no-null-tool-calls'],
    'A message without calls has tool_calls: null.',
    chatJson((text) => (text.includes('"tool_calls"') ? text : text.replace('"refusal":null', '"refusal":null,"tool_calls":null'))),
  ),
  should('developer-refused', ['chat.role.developer'], 'Developer messages are refused.', refuseRole('developer')),
  should('developer-forgotten', ['chat.role.developer'], 'Developer messages do not reach the model.', forget('developer')),
  should('users-must-alternate', ['chat.role.placement'], 'Two user messages in a row are refused.', {
    object: (body) => {
      const roles = messages(body).map((message) => message.role)
      const twice = roles.some((role, at) => role === 'user' && roles[at - 1] === 'user')
      return twice ? bad('placement', 'messages', 'Roles have to alternate.') : undefined
    },
  }),
  should('one-system-only', ['chat.role.placement'], 'A second system message is refused.', {
    object: (body) =>
      messages(body).filter((message) => message.role === 'system').length > 1
        ? bad('placement', 'messages', 'One system message.')
        : undefined,
  }),
]
