import { authFile } from './discover.ts'
import { isObject, textAt, type World } from './world.ts'

/** What was logged in with. */
export interface Auth {
  /** The file, or the variable that stands for it. */
  readonly from: string
  readonly keys: Readonly<Record<string, { readonly type: string; readonly key?: string }>>
  readonly wellKnown: readonly WellKnown[]
  readonly problem?: string
}

/** A host that keeps configuration for those who have logged in there. */
export interface WellKnown {
  /** Where the configuration is asked for. */
  readonly file: string
  /** The variable that stands for the token in files. */
  readonly variable: string
  readonly token: string
}

export const readAuth = (world: World): Auth => {
  const inline = world.env.OPENCODE_AUTH_CONTENT
  const from = inline ? 'OPENCODE_AUTH_CONTENT' : authFile(world)
  const found = inline ? ({ kind: 'text', text: inline } as const) : world.read(from)
  const none = { from, keys: {}, wellKnown: [] }
  if (found.kind === 'missing') return none
  if (found.kind === 'denied') return { ...none, problem: `${from} cannot be read: ${found.why}` }
  let value: unknown
  try {
    value = JSON.parse(found.text)
  } catch {
    return { ...none, problem: `${from} is not valid JSON` }
  }
  if (!isObject(value)) return { ...none, problem: `${from} is no JSON object` }
  const entries = Object.entries(value).flatMap(([id, entry]) => (isObject(entry) ? [[id, entry] as const] : []))
  const keys = entries.map(([id, entry]) => {
    const type = textAt(entry, ['type']) ?? 'api'
    const key = type === 'wellknown' ? textAt(entry, ['token']) : (textAt(entry, ['key']) ?? textAt(entry, ['access']))
    return [id, { type, ...(key === undefined ? {} : { key }) }] as const
  })
  const wellKnown = entries.flatMap(([url, entry]): readonly WellKnown[] =>
    entry.type === 'wellknown'
      ? [
          {
            file: `${url.replace(/\/+$/, '')}/.well-known/opencode`,
            variable: textAt(entry, ['key']) ?? '',
            token: textAt(entry, ['token']) ?? '',
          },
        ]
      : [],
  )
  return { from, keys: Object.fromEntries(keys), wellKnown }
}
