import { onErrorAbout } from '../faults/stages.ts'
import type { Dialect } from './dialect.ts'

/** The words on the left stand in what a client asks for, the models on the right are the upstream's; the first match counts. */
const mapping: readonly (readonly [RegExp, string])[] = [
  [/deepseek/i, 'deepseek-v4-pro'],
  [/mini/i, 'gpt-5-mini'],
  [/gpt/i, 'gpt-5'],
]

export const ccx: Dialect = {
  name: 'ccx',
  speaks: 'a gateway for chats alone, with a key of its own, a list of models that it allows, and a mapping of their names',
  models: { 'gpt-5': 'thinking', 'gpt-5-mini': 'plain', 'deepseek-v4-pro': 'thinking' },
  maps: (asked) => mapping.find(([word]) => word.test(asked))?.[1],
  serves: ['chat'],
  bends: [
    onErrorAbout('key', (_, error, call) => {
      if (call.key !== 'wrong') error.message = 'No proxy access key was sent.'
      // keys of the usual upstreams begin so, and are the ones that people enter by mistake
      else if (call.presented.startsWith('sk-'))
        error.message = 'This is no proxy access key, but looks like the key of an upstream provider.'
      else error.message = 'This is not the proxy access key of this gateway.'
    }),
  ],
}
