import { onSpeech } from '../faults/stages.ts'
import { type Dialect, like } from './dialect.ts'
import { comments } from './parts.ts'
import { refusals } from './refusals.ts'

const invalid = { status: 422, body: ({ message }: { message: string }) => ({ error: message, error_type: 'validation' }) }

export const tgi: Dialect = {
  name: 'tgi',
  speaks: 'one model answers to every name, mistakes are answered 422 with an error that is a string, and tools are not native',
  models: { 'tgi-model': 'plain' },
  maps: () => 'tgi-model',
  serves: ['chat'],
  bends: [
    like('tools-refused'),
    comments(':'),
    onSpeech((speech, { json }) => {
      const stops: readonly unknown[] = [json?.stop ?? []].flat()
      const prompt = JSON.stringify(json?.messages ?? '')
      const wasTold = stops.some((stop) => prompt.includes(String(stop)) && !speech.content?.includes(String(stop)))
      if (speech.finish === 'stop' && wasTold) speech.finish = 'stop_sequence'
    }),
    refusals({ parameter: invalid }),
  ],
  fails: {
    model: 'failing',
    as: () => ({ error: { message: 'Model is overloaded', http_status_code: 429 } }),
    end: 'done',
  },
}
