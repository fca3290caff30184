import { type Asked, patchFor } from './cause.ts'
import { openai } from './packages.ts'
import type { Fix } from './rule.ts'

/** A patch for the file in which a change takes effect. */
export const provider = ({ effective }: Asked, value: Record<string, unknown>, note?: string): Fix =>
  patchFor(effective.files.provider, effective.providerPath, value, note)

export const model = ({ effective }: Asked, value: Record<string, unknown>, note?: string): Fix =>
  patchFor(effective.files.model, effective.modelPath, value, note)

export const baseUrl = ({ effective }: Asked, value: string): Fix =>
  patchFor(effective.files.baseUrl, [...effective.providerPath, 'options', 'baseURL'], value)

export const say = (text: string): Fix => ({ kind: 'say', text })

/** The package of the Responses API does not start without a key. */
export const keyNote = (known: Asked): string | undefined =>
  known.effective.key ? undefined : `${openai} also needs options.apiKey, a header alone does not do`
