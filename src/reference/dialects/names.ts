import type { Call, Json, Stages } from '../exchange.ts'
import type { Dialect, ModelKind } from './dialect.ts'

/** What the models are called inside, where the name tells what a model can do. */
const inner: Readonly<Record<ModelKind, string>> = { plain: 'inner:plain', thinking: 'inner:thinking', embedding: 'inner:embedding' }
const inners: readonly string[] = Object.values(inner)

/** The models that a world needs for a dialect. */
export const innerModels = ({ models }: Dialect): string[] => [...new Set(Object.values(models).map((kind) => inner[kind]))]

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** Serves the models under the vendor's names; every answer names the one that was asked for. */
export const namedModels = ({ models, maps }: Dialect): Stages => {
  const names = new Map(Object.entries(models).map(([name, kind]) => [name, inner[kind]]))
  const asked = new WeakMap<Call, string>()
  const found = (call: Call, name: string): string => {
    const own = names.get(name) ?? names.get(maps?.(name) ?? '')
    if (own !== undefined) asked.set(call, name)
    return own ?? name
  }
  const rename = (holder: Json, call: Call): void => {
    if (inners.includes(holder?.model)) holder.model = asked.get(call)
  }
  return {
    call: (call) => {
      call.target = call.target.replace(
        /^(\/v1\/models\/|\/openai\/(?:v1\/models|deployments)\/)([^/?][^?]*?)(?=\/chat\/|\/completions|\/embeddings|\/responses|\?|$)/,
        (whole, head: string, name: string) => {
          const own = found(call, decoded(name))
          return own === decoded(name) ? whole : head + own
        },
      )
      return undefined
    },
    request: (body, call) => {
      if (typeof body.model === 'string') body.model = found(call, body.model)
      return undefined
    },
    answer: ({ kind, body }, call) => {
      rename(body, call)
      if (kind === 'model') body.id = asked.get(call)
      if (kind === 'models') body.data = [...names.keys()].map((id) => ({ ...body.data[0], id }))
      const message = body?.error?.message
      if (typeof message === 'string')
        body.error.message = inners.reduce((text, name) => text.replaceAll(name, asked.get(call) ?? name), message)
    },
    events: (events, call) => {
      for (const { data } of events) for (const holder of [data, data?.message, data?.response]) rename(holder, call)
      return undefined
    },
  }
}
