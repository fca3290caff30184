import { endpointPattern } from '../endpoint.ts'
import type { EndpointShape, JsonObject, Locus, ShapeViolation, SseEvent, View } from '../types.ts'
import { fits, type ShapeError, type Shapes, shapeErrors } from './shapes.ts'

/** Requirement on which violations are booked whose schema names no other. */
export const generalShape = 'wire.shape'

/** After this many violating events the rest of a stream tells nothing new. */
const maxEvents = 20

/**
 * Validates an answer, or each event of a streamed one, by the schema of its endpoint; refusals by the schema `error`.
 * @returns a function for `toView`
 */
export const createShapeJudge = (shapes: Shapes, endpoints: readonly EndpointShape[]) => {
  const byEndpoint = endpoints.map((shape) => ({ shape, matches: endpointPattern(shape.endpoint) }))
  return (answer: Omit<View, 'shape'>): readonly ShapeViolation[] => {
    const { status } = answer.response
    const shape = byEndpoint.find(({ matches }) => matches.test(answer.endpoint))?.shape
    // what says 5xx may come from something that stands before the endpoint
    const refusal = (status < 500 ? shape?.error : undefined) ?? 'error'
    if (status >= 400)
      return answer.json === undefined ? [] : toViolations(shapes, refusal, answer.json, (pointer) => ({ in: 'body', pointer }))
    if (status < 200 || status > 299) return []
    if (answer.streamed) return shape?.stream === undefined ? [] : streamViolations(shapes, shape.stream, answer.events)
    if (shape?.json === undefined || answer.json === undefined || (isObject(answer.json) && hasError(answer.json))) return []
    return toViolations(shapes, shape.json, answer.json, (pointer) => ({ in: 'body', pointer }))
  }
}

const streamViolations = (shapes: Shapes, name: string, events: readonly SseEvent[]): readonly ShapeViolation[] => {
  const found: ShapeViolation[] = []
  const isFine = fits(shapes, name)
  let bad = 0
  for (const event of events) {
    // what follows the sentinel, or stands in its place, is judged as that
    if (event.data === '[DONE]') break
    // asked first, because nearly all events are fine
    if (event.json === undefined || isFine(event.json)) continue
    if (event === events[events.length - 1] && isNoChunk(event.json)) break
    // an error inside a stream is no chunk; its form is judged by the requirements about errors
    if (isObject(event.json) && hasError(event.json)) continue
    const violations = toViolations(shapes, name, event.json, (pointer) => ({
      in: 'event',
      index: event.index,
      bytes: [event.from, event.to],
      pointer,
    }))
    if (violations.length === 0) continue
    found.push(...violations)
    if (++bad >= maxEvents) break
  }
  return found
}

const isNoChunk = (value: unknown): boolean =>
  isObject(value) && !['id', 'object', 'choices', 'created', 'model', 'usage', 'type'].some((name) => name in (value as JsonObject))

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null

/** A failure in whatever form stands in the place of a result; requirements about failures judge it. */
const hasError = (value: unknown): boolean => {
  const { error, object, type, choices } = value as JsonObject
  if (choices !== undefined) return false
  if (object === 'error' || type === 'error') return !('sequence_number' in (value as JsonObject))
  return error !== undefined && error !== null && object === undefined
}

const toViolations = (shapes: Shapes, name: string, value: unknown, locate: (pointer: string) => Locus): readonly ShapeViolation[] =>
  shapeErrors(shapes, name, value).map((error) => ({
    requirement: error.requirement ?? generalShape,
    violation: {
      code: error.code,
      at: locate(error.pointer),
      expected: error.expected,
      actual: error.actual || actualAt(value, error),
    },
  }))

const actualAt = (value: unknown, { pointer }: ShapeError): string => {
  let node: unknown = value
  for (const token of pointer.split('/').slice(1)) node = (node as JsonObject | undefined)?.[token.replace(/~1/g, '/').replace(/~0/g, '~')]
  let text: string
  try {
    text = JSON.stringify(node) ?? 'absent'
  } catch {
    // an endpoint may nest deeper than the stack reaches
    text = 'a value that is nested too deeply to show'
  }
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
