import type { Fault, Json, StreamEvent } from '../exchange.ts'
import { fault, isDone, onAnswer, onWire } from './stages.ts'

const onCompletion = (bend: (body: Json, request: Json) => void) => onAnswer(['completion'], (answer, call) => bend(answer.body, call.sent))

const onChoices = (bend: (choice: Json, index: number, request: Json) => void) =>
  onCompletion((body, request) => {
    for (const [index, choice] of body.choices.entries()) bend(choice, index, request)
  })

const onEvents = (bend: (events: StreamEvent[]) => StreamEvent[] | undefined) => ({
  events: (events: StreamEvent[], _: unknown, kind: string) => (kind === 'completion-stream' ? bend(events) : undefined),
})

const onChunks = (bend: (chunk: Json, index: number, chunks: Json[]) => void) =>
  onEvents((events) => {
    const chunks = events.filter((event) => !isDone(event)).map(({ data }) => data)
    for (const [index, chunk] of chunks.entries()) bend(chunk, index, chunks)
    return undefined
  })

const onPieces = (bend: (piece: Json, chunk: Json) => void) =>
  onChunks((chunk) => {
    for (const piece of chunk.choices) bend(piece, chunk)
  })

/** What a server does that does not know an option. */
const deaf = (name: string, option: string, bends: string): Fault =>
  fault(name, 'completions.options', bends, {
    request: (body) => {
      delete body[option]
      return undefined
    },
  })

const onPrompts = (bend: (body: Json, request: Json) => void) =>
  onCompletion((body, request) => {
    if (Array.isArray(request.prompt)) bend(body, request)
  })

/** Continuations, plain and streamed, their prompts and their options. */
export const completionFaults: readonly Fault[] = [
  fault(
    'completion-object-chat',
    'completions.shape',
    'completions call themselves chat completions',
    onCompletion((body) => {
      body.object = 'chat.completion'
    }),
  ),
  fault(
    'completion-object-missing',
    'completions.shape',
    'completions do not say what they are',
    onCompletion((body) => {
      delete body.object
    }),
  ),
  fault(
    'completion-as-chat',
    'completions.shape',
    'choices of a completion hold a message',
    onChoices((choice) => {
      choice.message = { role: 'assistant', content: choice.text }
      delete choice.text
    }),
  ),
  fault(
    'completion-text-null',
    'completions.shape',
    'the text of a completion is null',
    onChoices((choice) => {
      choice.text = null
    }),
  ),
  fault(
    'completion-index-missing',
    'completions.shape',
    'choices of a completion have no index',
    onChoices((choice) => {
      delete choice.index
    }),
  ),
  fault(
    'completion-index-from-one',
    'completions.shape',
    'the only choice of a completion has index 1',
    onChoices((choice, _, { prompt }) => {
      if (typeof prompt === 'string') choice.index += 1
    }),
  ),
  fault(
    'completion-logprobs-absent',
    'completions.shape',
    'choices of a completion have no member logprobs',
    onChoices((choice, _, { logprobs }) => {
      if (logprobs === undefined) delete choice.logprobs
    }),
  ),
  fault(
    'completion-finish-null',
    'completions.shape',
    'finished completions have no finish reason',
    onChoices((choice) => {
      choice.finish_reason = null
    }),
  ),
  fault(
    'completion-finish-eos',
    'completions.shape',
    'completions finish with eos',
    onChoices((choice) => {
      choice.finish_reason = 'eos'
    }),
  ),
  fault(
    'completion-choices-empty',
    'completions.shape',
    'completions have no choices',
    onCompletion((body) => {
      body.choices = []
    }),
  ),
  fault(
    'completion-bare-text',
    'completions.shape',
    'the text stands beside the choices',
    onCompletion((body) => {
      body.content = body.choices[0].text
      delete body.choices
    }),
  ),
  fault(
    'completion-two-choices',
    'completions.shape',
    'one prompt gets two choices',
    onCompletion((body, { prompt, best_of }) => {
      if (typeof prompt === 'string' && best_of === undefined) body.choices.push({ ...body.choices[0], index: 1 })
    }),
  ),
  fault(
    'completion-usage-missing',
    'completions.shape',
    'completions come without token counts',
    onCompletion((body) => {
      delete body.usage
    }),
  ),
  fault(
    'completion-usage-sum',
    'completions.shape',
    'token counts of completions do not add up',
    onCompletion((body) => {
      body.usage.total_tokens += 3
    }),
  ),
  fault('completion-streamed', 'completions.shape', 'completions are streamed unasked', {
    request: (body, call) => {
      if (call.target.startsWith('/v1/completions') && typeof body.prompt === 'string' && body.best_of === undefined) body.stream = true
      return undefined
    },
  }),
  fault(
    'completion-id-missing',
    'wire.shape',
    'completions have no id',
    onCompletion((body) => {
      delete body.id
    }),
  ),
  fault(
    'completion-created-string',
    'wire.shape',
    'the creation time of completions is in words',
    onCompletion((body) => {
      body.created = new Date(body.created * 1000).toISOString()
    }),
  ),

  fault(
    'text-chunk-object',
    'completions.stream',
    'chunks of a completion have an object of their own',
    onChunks((chunk) => {
      chunk.object = 'text_completion.chunk'
    }),
  ),
  fault(
    'text-chunk-delta',
    'completions.stream',
    'chunks of a completion have a delta',
    onPieces((piece) => {
      piece.delta = { content: piece.text }
      delete piece.text
    }),
  ),
  fault(
    'text-chunk-last-without-text',
    'completions.stream',
    'the last chunk of a completion has no text',
    onPieces((piece) => {
      if (piece.finish_reason !== null) delete piece.text
    }),
  ),
  fault(
    'text-chunk-null',
    'completions.stream',
    'the last text of a stream is null',
    onPieces((piece) => {
      if (piece.finish_reason !== null) piece.text = null
    }),
  ),
  fault(
    'text-chunk-index-missing',
    'completions.stream',
    'chunks of a completion have no index',
    onPieces((piece) => {
      delete piece.index
    }),
  ),
  fault(
    'text-chunk-finish-empty',
    'completions.stream',
    'chunks before the last have an empty finish reason',
    onPieces((piece) => {
      piece.finish_reason ??= ''
    }),
  ),
  fault(
    'text-chunk-finish-always',
    'completions.stream',
    'every chunk of a completion has a finish reason',
    onPieces((piece) => {
      piece.finish_reason ??= 'length'
    }),
  ),
  fault(
    'text-chunk-no-finish',
    'completions.stream',
    'streamed completions never finish',
    onPieces((piece) => {
      piece.finish_reason = null
    }),
  ),
  fault(
    'text-after-finish',
    'completions.stream',
    'text comes behind the finish',
    onEvents((events) => {
      const at = events.findIndex(({ data }) => data.choices?.[0]?.finish_reason)
      const before = events[at - 1]
      if (!before) return
      return [...events.slice(0, at - 1), events[at] as StreamEvent, before, ...events.slice(at + 1)]
    }),
  ),
  fault(
    'text-cumulative',
    'completions.stream',
    'every chunk holds the whole text so far',
    onEvents((events) => {
      let text = ''
      for (const { data } of events) {
        const [piece] = data.choices ?? []
        if (!piece) continue
        text += piece.text
        if (piece.finish_reason === null) piece.text = text
      }
      return undefined
    }),
  ),
  fault(
    'text-no-done',
    'completions.stream',
    'streamed completions end without the sentinel',
    onEvents((events) => events.filter((event) => !isDone(event))),
  ),
  fault(
    'text-done-early',
    'completions.stream',
    'the sentinel comes before the finish',
    onEvents((events) => {
      const at = events.findIndex(({ data }) => data.choices?.[0]?.finish_reason)
      return [...events.slice(0, at), { data: '[DONE]' }, ...events.slice(at, -1)]
    }),
  ),
  fault(
    'text-done-misspelt',
    'completions.stream',
    'streamed completions end with another word',
    onEvents((events) => events.map((event) => (isDone(event) ? { data: '[END]' } : event))),
  ),
  fault(
    'text-after-done',
    'completions.stream',
    'a chunk comes behind the sentinel',
    onEvents((events) => [...events, events[0] as StreamEvent]),
  ),
  fault(
    'text-stream-cut',
    'completions.stream',
    'streamed completions are cut',
    onWire(['completion-stream'], (wire) => {
      wire.pieces = wire.pieces.slice(0, 2)
      wire.end = 'cut'
    }),
  ),
  fault('text-not-streamed', 'completions.stream', 'completions are never streamed', {
    request: (body, call) => {
      if (!call.target.startsWith('/v1/completions')) return undefined
      delete body.stream
      delete body.stream_options
      return undefined
    },
  }),

  fault('prompts-first-only', 'completions.prompt-forms', 'only the first of several prompts is continued', {
    request: (body) => {
      if (Array.isArray(body.prompt) && typeof body.prompt[0] === 'string') body.prompt = body.prompt[0]
      return undefined
    },
  }),
  fault('prompts-joined', 'completions.prompt-forms', 'several prompts are continued as one', {
    request: (body) => {
      if (Array.isArray(body.prompt) && typeof body.prompt[0] === 'string') body.prompt = body.prompt.join('')
      return undefined
    },
  }),
  fault(
    'prompts-index-zero',
    'completions.prompt-forms',
    'the choices of several prompts all have index 0',
    onPrompts((body) => {
      for (const choice of body.choices) choice.index = 0
    }),
  ),
  fault('prompt-tokens-apart', 'completions.prompt-forms', 'each token of a prompt is continued by itself', {
    request: (body) => {
      if (Array.isArray(body.prompt)) body.prompt = body.prompt.map(String)
      return undefined
    },
  }),

  fault(
    'echo-unasked',
    'completions.options',
    'prompts are echoed unasked',
    onChoices((choice, _, { prompt }) => {
      if (!choice.text.startsWith(prompt)) choice.text = `${prompt}${choice.text}`
    }),
  ),
  fault(
    'legacy-logprobs-many',
    'completions.options',
    'there are more alternatives than asked for',
    onChoices((choice) => {
      for (const top of choice.logprobs?.top_logprobs ?? []) if (top) Object.assign(top, { a: -5, b: -6, c: -7 })
    }),
  ),
  deaf('echo-ignored', 'echo', 'prompts are not echoed'),
  deaf('suffix-ignored', 'suffix', 'the model does not get to see the suffix'),
  deaf('legacy-logprobs-ignored', 'logprobs', 'log probabilities are left out'),
  fault(
    'legacy-logprobs-as-chat',
    'completions.options',
    'log probabilities have the form of a chat',
    onChoices((choice) => {
      if (choice.logprobs)
        choice.logprobs = { content: choice.logprobs.tokens.map((token: string) => ({ token, logprob: -0.1, bytes: null })) }
    }),
  ),
  fault(
    'legacy-logprobs-uneven',
    'completions.options',
    'a token has no log probability',
    onChoices((choice) => choice.logprobs?.token_logprobs.pop()),
  ),
  fault('best-of-all', 'completions.options', 'all candidates are handed out', {
    request: (body) => {
      if (body.best_of > 1) body.n = body.best_of
      return undefined
    },
  }),
]
