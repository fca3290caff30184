import { toView } from '../transcript/view.ts'
import type { JsonObject, View } from '../types.ts'

/** What may stand where something else belongs; undefined leaves the member out. */
const strangers: readonly unknown[] = [undefined, null, 5, 'x', [], {}, [null], { x: null }]

/** How many answers are made of one; the places that are bent are spread over all of it. */
const mostBends = 24

/** The JSON values of an answer in the order in which they came: those of its events, or the one that is its body. */
const valuesOf = (view: View): readonly unknown[] => (view.streamed ? view.events.map(({ json }) => json) : [view.json])

type Place = readonly (string | number)[]

/** Every place inside a value, the value itself first. */
const placesOf = (value: unknown, at: Place = []): Place[] => [
  at,
  ...(typeof value === 'object' && value !== null
    ? Object.keys(value).flatMap((name) => placesOf((value as JsonObject)[name], [...at, Array.isArray(value) ? Number(name) : name]))
    : []),
]

const replaced = (value: unknown, [first, ...rest]: Place, stranger: unknown): unknown => {
  if (first === undefined) return stranger
  const copy = (Array.isArray(value) ? [...value] : { ...(value as JsonObject) }) as Record<string | number, unknown>
  copy[first] = replaced(copy[first], rest, stranger)
  return copy
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

const withBody = (view: View, request: unknown, body: Uint8Array): View =>
  toView(
    {
      ...view,
      try: 1,
      request: {
        endpoint: view.endpoint,
        url: 'http://127.0.0.1:1/v1',
        headers: view.requestHeaders,
        body: request === undefined ? new Uint8Array() : encode(JSON.stringify(request)),
        sentAtMs: view.sentAtMs,
      },
      outcome: { ...view.response, body, reads: { atMs: [1], ends: [body.byteLength] } },
    },
    () => view.shape,
    view.breaks,
  ) as View

const bodyOf = (view: View, values: readonly unknown[]): Uint8Array =>
  encode(
    view.streamed
      ? view.events
          .map(({ event, data }, position) => {
            const text = values[position] === undefined ? (data ?? '') : JSON.stringify(values[position])
            return `${event === undefined ? '' : `event: ${event}\n`}data: ${text}\n\n`
          })
          .join('')
      : (JSON.stringify(values[0]) ?? ''),
  )

/**
 * Answers that differ from a view in one member, of the answer or of what was asked: it is missing or of another type.
 * @returns each with the place that was bent
 */
export function* bentViews(view: View): Generator<readonly [place: string, view: View]> {
  const values = valuesOf(view)
  const places = [
    ...placesOf(view.request).map((place) => ({ position: -1, place })),
    ...values.flatMap((value, position) => (value === undefined ? [] : placesOf(value).map((place) => ({ position, place })))),
  ]
  const all = places.length * strangers.length
  // a stride without a factor in common with the number of strangers meets all of them
  const stride = Math.max(1, Math.floor(all / mostBends)) | 1
  for (let bend = 0; bend < all; bend += stride) {
    const { position, place } = places[Math.floor(bend / strangers.length)] as (typeof places)[number]
    const stranger = strangers[bend % strangers.length]
    const name = `${position < 0 ? 'request' : `answer ${position}`} /${place.join('/')} = ${JSON.stringify(stranger)}`
    if (position < 0) yield [name, withBody(view, replaced(view.request, place, stranger), view.response.body)]
    else yield [name, withBody(view, view.request, bodyOf(view, values.with(position, replaced(values[position], place, stranger))))]
  }
}

/** Refusals in the right form, and those of an endpoint that is too busy to answer anybody. */
export const refusalStatuses = [400, 404, 429, 500, 503] as const
const refusal = encode(JSON.stringify({ error: { message: 'Not now.', type: 'server_error', param: null, code: null } }))

/** The same request, refused with a status. */
export const refusedView = (view: View, status: (typeof refusalStatuses)[number]): View =>
  withBody(
    { ...view, response: { ...view.response, status, end: 'complete', headers: [['content-type', 'application/json']] } },
    view.request,
    refusal,
  )
