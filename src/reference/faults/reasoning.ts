import type { Fault, Json } from '../exchange.ts'
import { tokensOf } from '../tokens.ts'
import {
  finishAt,
  onChatEvents,
  onChatRequest,
  onEntry,
  onMessage,
  onResponse,
  onResponseEvents,
  onResponsesRequest,
  onSpeech,
  onUsage,
  refusesChat,
  refusesResponses,
  renumbered,
  thinkingFault,
} from './stages.ts'

const onChatSpeech = (bend: Parameters<typeof onSpeech>[0]) =>
  onSpeech((speech, call) => {
    if (call.target.endsWith('/chat/completions') && speech.reasoning !== '') bend(speech, call)
  })

const assistants = (body: Json): Json[] =>
  Array.isArray(body.messages) ? body.messages.filter((message: Json) => message?.role === 'assistant') : []

const hasThoughts = (message: Json): boolean => typeof message.reasoning_content === 'string' || typeof message.reasoning === 'string'

const inReasoning = (event: { data: Json }): boolean => event.data.choices?.[0]?.delta?.reasoning_content !== undefined

const thoughtsOf = (response: Json): Json => response.output.find((item: Json) => item.type === 'reasoning')

/** Thinking. All but a few show only with a model that thinks. */
export const reasoningFaults: readonly Fault[] = [
  thinkingFault(
    'think-tags-in-content',
    'reasoning.separate',
    'thoughts are in the text between tags',
    onChatSpeech((speech) => {
      if (speech.content === null) return
      speech.content = `<think>${speech.reasoning}</think>${speech.content}`
      speech.reasoning = ''
    }),
  ),
  thinkingFault(
    'think-tag-unopened',
    'reasoning.separate',
    'thoughts are in the text before a closing tag',
    onChatSpeech((speech) => {
      if (speech.content === null) return
      speech.content = `${speech.reasoning}</think>${speech.content}`
      speech.reasoning = ''
    }),
  ),
  thinkingFault(
    'think-tags-beside',
    'reasoning.separate',
    'thoughts are in their member and in the text as well',
    onChatSpeech((speech) => {
      if (speech.content !== null) speech.content = `<think>\n${speech.reasoning}\n</think>\n${speech.content}`
    }),
  ),
  thinkingFault(
    'think-tags-in-stream',
    'reasoning.separate',
    'thoughts are in the text between tags when streaming',
    onChatSpeech((speech, call) => {
      if (speech.content === null || call.json?.stream !== true) return
      speech.content = `<think>${speech.reasoning}</think>${speech.content}`
      speech.reasoning = ''
    }),
  ),
  thinkingFault(
    'reasoning-object',
    'reasoning.member',
    'thoughts are an object',
    onMessage((message) => {
      if (message.reasoning_content) message.reasoning_content = { text: message.reasoning_content }
    }),
  ),
  thinkingFault(
    'reasoning-names-differ',
    'reasoning.member',
    'thoughts have another name when streaming',
    onEntry(({ delta }) => {
      if (delta.reasoning_content === undefined) return
      delta.reasoning = delta.reasoning_content
      delete delta.reasoning_content
    }),
  ),
  thinkingFault(
    'reasoning-members-disagree',
    'reasoning.member',
    'thoughts are sent under two names with different text',
    onMessage((message) => {
      if (message.reasoning_content) message.reasoning = 'I thought of something else.'
    }),
  ),
  thinkingFault(
    'reasoning-after-content',
    'reasoning.stream-order',
    'thoughts are streamed after the text',
    onChatEvents((events) => {
      const thoughts = events.filter(inReasoning)
      const rest = events.filter((event) => !inReasoning(event))
      const at = finishAt(rest)
      return [...rest.slice(0, at), ...thoughts, ...rest.slice(at)]
    }),
  ),
  thinkingFault(
    'reasoning-mixed',
    'reasoning.stream-order',
    'a delta has both thoughts and text',
    onChatEvents((events) => {
      const last = events.findLastIndex(inReasoning)
      const next = events[last + 1]
      const delta = next?.data.choices?.[0]?.delta
      if (last < 0 || !delta?.content) return
      delta.reasoning_content = events[last]?.data.choices[0].delta.reasoning_content
      return events.filter((_, index) => index !== last)
    }),
  ),
  thinkingFault(
    'reasoning-again-late',
    'reasoning.stream-order',
    'the whole thoughts follow the text once more',
    onChatEvents((events) => {
      const whole = events
        .filter(inReasoning)
        .map((event) => event.data.choices[0].delta.reasoning_content)
        .join('')
      const at = finishAt(events)
      const before = events[at - 1]
      if (whole === '' || !before) return
      const late = structuredClone(before)
      late.data.choices[0].delta = { reasoning_content: whole }
      return [...events.slice(0, at), late, ...events.slice(at)]
    }),
  ),
  thinkingFault(
    'reasoning-tokens-zero',
    'usage.reasoning',
    'thinking is not counted',
    onUsage((usage) => {
      usage.completion_tokens_details = { reasoning_tokens: 0 }
    }),
  ),
  thinkingFault(
    'reasoning-tokens-over',
    'usage.reasoning',
    'more thinking is counted than was produced',
    onUsage((usage) => {
      usage.completion_tokens_details = { reasoning_tokens: usage.completion_tokens + 9 }
    }),
  ),
  thinkingFault(
    'reasoning-tokens-missing',
    'usage.reasoning',
    'usage does not break down thinking',
    onUsage((usage) => {
      delete usage.completion_tokens_details
    }),
  ),
  thinkingFault(
    'reasoning-outside-sum',
    'usage.sum',
    'the total counts thinking on top of the completion',
    onUsage((usage) => {
      usage.completion_tokens -= usage.completion_tokens_details.reasoning_tokens
      usage.completion_tokens_details = { reasoning_tokens: 0 }
    }),
  ),
  thinkingFault(
    'effort-refused',
    'reasoning.effort',
    'reasoning_effort is refused',
    refusesChat((body) => 'reasoning_effort' in body, 'reasoning_effort'),
  ),
  thinkingFault(
    'effort-unchecked',
    'reasoning.effort',
    'any reasoning_effort is taken',
    onChatRequest((body) => {
      if (!['none', 'minimal', 'low', 'medium', 'high', 'xhigh'].includes(body.reasoning_effort)) delete body.reasoning_effort
    }),
  ),
  thinkingFault('effort-500', 'reasoning.effort', 'an unknown reasoning_effort ends in a server error', {
    answer: (answer) => {
      if (answer.about === 'reasoning_effort') answer.status = 500
    },
  }),
  thinkingFault(
    'off-switch-ignored',
    'reasoning.disable',
    'thinking cannot be switched off',
    onChatRequest((body) => {
      if (body.reasoning_effort === 'none') delete body.reasoning_effort
      if (body.thinking?.type === 'disabled') delete body.thinking
      if (body.enable_thinking === false) delete body.enable_thinking
      if (body.chat_template_kwargs?.enable_thinking === false) delete body.chat_template_kwargs
    }),
  ),
  thinkingFault(
    'reasoning-history-refused',
    'reasoning.history.extra-accepted',
    'thoughts are refused in the history',
    refusesChat((body) => assistants(body).some((message) => hasThoughts(message) && !message.tool_calls), 'messages[1].reasoning_content'),
  ),
  thinkingFault(
    'reasoning-history-required',
    'reasoning.history.omission-accepted',
    'earlier answers are refused without their thoughts',
    refusesChat(
      (body) => assistants(body).some((message) => !hasThoughts(message) && !message.tool_calls),
      'messages[1].reasoning_content',
    ),
  ),
  thinkingFault(
    'reasoning-tools-required',
    'reasoning.tools.omission-accepted',
    'earlier calls are refused without their thoughts',
    refusesChat((body) => assistants(body).some((message) => !hasThoughts(message) && message.tool_calls), 'messages[1].reasoning_content'),
  ),
  thinkingFault(
    'reasoning-tools-refused',
    'reasoning.tools.verbatim-accepted',
    'earlier calls are refused with their thoughts',
    refusesChat((body) => assistants(body).some((message) => hasThoughts(message) && message.tool_calls), 'messages[1].reasoning_content'),
  ),
  thinkingFault(
    'budget-exhausted-500',
    'reasoning.budget-exhausted',
    'a cap used up by thinking ends in a server error',
    onSpeech((speech) => {
      if (speech.finish === 'length' && speech.content === '') throw new RangeError('no answer')
    }),
  ),
  thinkingFault(
    'budget-exhausted-stop',
    'reasoning.budget-exhausted',
    'a cap used up by thinking finishes with stop',
    onChatSpeech((speech) => {
      if (speech.finish === 'length' && speech.content === '') speech.finish = 'stop'
    }),
  ),
  thinkingFault(
    'budget-exhausted-text',
    'reasoning.budget-exhausted',
    'thoughts are the answer when the cap is used up',
    onChatSpeech((speech) => {
      if (speech.finish !== 'length' || speech.content !== '') return
      speech.content = speech.reasoning
      speech.reasoning = ''
    }),
  ),
  thinkingFault(
    'cap-without-reasoning',
    'params.max-completion-tokens',
    'thinking does not count towards the cap',
    onSpeech((speech, call) => {
      const cap = call.json?.max_completion_tokens
      if (typeof cap !== 'number' || speech.finish !== 'length') return
      const more = tokensOf('and the river goes on and on. '.repeat(20)).slice(0, Math.max(0, speech.reasoningTokens))
      speech.content = `${speech.content ?? ''} ${more.join('')}`
      speech.completionTokens = cap + more.length
    }),
  ),
  thinkingFault(
    'thoughts-for-answer',
    'chat.message.answer-on-stop',
    'the answer is among the thoughts and the text is empty',
    onChatSpeech((speech) => {
      if (speech.finish !== 'stop') return
      speech.reasoning += ` ${speech.content}`
      speech.content = ''
    }),
  ),
  thinkingFault(
    'reasoning-on-responses-refused',
    'rreasoning.effort',
    'reasoning is refused on the Responses endpoint',
    refusesResponses((body) => Boolean(body.reasoning?.effort), 'reasoning.effort'),
  ),
  thinkingFault(
    'effort-not-echoed',
    'rreasoning.effort',
    'the effort of a response is not echoed',
    onResponse((response) => {
      response.reasoning = { effort: null, summary: null }
    }),
  ),
  thinkingFault(
    'reasoning-item-last',
    'rreasoning.item',
    'thoughts come after the message',
    onResponse((response) => {
      response.output.reverse()
    }),
  ),
  thinkingFault(
    'reasoning-item-without-summary',
    'rreasoning.item',
    'thoughts have no summary member',
    onResponse((response) => {
      delete thoughtsOf(response)?.summary
    }),
  ),
  thinkingFault(
    'reasoning-item-summary-string',
    'rreasoning.item',
    'the summary of thoughts is a string',
    onResponse((response) => {
      const item = thoughtsOf(response)
      if (item) item.summary = 'I thought about it.'
    }),
  ),
  thinkingFault(
    'reasoning-in-output-text',
    'rreasoning.item',
    'thoughts are in the text of a response between tags',
    onSpeech((speech, call) => {
      if (!call.target.endsWith('/responses') || speech.content === null || speech.reasoning === '') return
      speech.content = `<think>${speech.reasoning}</think>${speech.content}`
      speech.reasoning = ''
    }),
  ),
  thinkingFault(
    'encrypted-missing',
    'rreasoning.encrypted',
    'no encrypted thoughts come although they were asked for',
    onResponse((response) => {
      delete thoughtsOf(response)?.encrypted_content
    }),
  ),
  thinkingFault(
    'encrypted-empty',
    'rreasoning.encrypted',
    'encrypted thoughts are empty',
    onResponse((response) => {
      const item = thoughtsOf(response)
      if (item?.encrypted_content) item.encrypted_content = ''
    }),
  ),
  thinkingFault(
    'reasoning-items-refused',
    'rreasoning.roundtrip',
    'thoughts are refused as input',
    refusesResponses((body) => Array.isArray(body.input) && body.input.some((item: Json) => item?.type === 'reasoning'), 'input'),
  ),
  thinkingFault(
    'reasoning-items-500',
    'wire.no-server-error',
    'thoughts as input end in a server error',
    onResponsesRequest((body) => {
      if (Array.isArray(body.input) && body.input.some((item: Json) => item?.type === 'reasoning')) throw new TypeError('reasoning')
    }),
  ),
  thinkingFault(
    'reasoning-part-missing',
    'rreasoning.stream',
    'thoughts are streamed without their part being announced',
    onResponseEvents((events) =>
      renumbered(
        events.filter((event) => !(event.data.type === 'response.content_part.added' && event.data.part.type === 'reasoning_text')),
      ),
    ),
  ),
  thinkingFault(
    'reasoning-done-differs',
    'rreasoning.stream',
    'the whole thoughts differ from their deltas',
    onResponseEvents((events) => {
      for (const { data } of events) if (data.type === 'response.reasoning_text.done') data.text += ' And so on.'
    }),
  ),
  thinkingFault(
    'reasoning-done-missing',
    'rreasoning.stream',
    'thoughts are never closed',
    onResponseEvents((events) => renumbered(events.filter((event) => event.data.type !== 'response.reasoning_text.done'))),
  ),
  thinkingFault(
    'summary-part-missing',
    'rreasoning.stream',
    'summaries are streamed without their part being announced',
    onResponseEvents((events) => renumbered(events.filter((event) => event.data.type !== 'response.reasoning_summary_part.added'))),
  ),
  thinkingFault(
    'summary-done-missing',
    'rreasoning.stream',
    'summaries are never closed',
    onResponseEvents((events) => renumbered(events.filter((event) => event.data.type !== 'response.reasoning_summary_text.done'))),
  ),
]
