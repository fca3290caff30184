import type { Locus, Span, View } from '../types.ts'
import { memberSpan } from './member-span.ts'

/** Characters of an excerpt, and how many of them may stand before the marked member. */
const width = 160
const before = 60

/** The offending bytes as text, cut around the offending member, and where that member lies in the cut. */
export const excerptOf = (view: View, at: Locus): { excerpt: string; mark?: Span } => {
  switch (at.in) {
    case 'status':
      return { excerpt: `HTTP ${view.response.status}` }
    case 'header': {
      const lines = view.response.headers.filter(([name]) => name.toLowerCase() === at.name).map(([name, value]) => `${name}: ${value}`)
      return { excerpt: lines.length > 0 ? clip(lines.join(', '), undefined).excerpt : `no header ${at.name}` }
    }
    case 'end':
      return { excerpt: clip(textOf(view, [Math.max(0, view.body.byteLength - width), view.body.byteLength]), undefined).excerpt }
    case 'event':
    case 'stream': {
      const text = textOf(view, at.bytes)
      return clip(text, at.in === 'event' ? memberSpan(text, at.pointer) : undefined)
    }
    case 'body':
    case 'completion': {
      if (view.streamed) {
        const last = view.events.findLast(({ json }) => json !== undefined)
        return { excerpt: last ? clip(textOf(view, [last.from, last.to]), undefined).excerpt : '' }
      }
      const text = textOf(view, at.in === 'body' && at.bytes ? at.bytes : [0, Math.min(view.body.byteLength, 65_536)])
      return clip(text, memberSpan(text, at.pointer))
    }
    default:
      return at satisfies never
  }
}

const textOf = ({ body }: View, [from, to]: Span): string =>
  Buffer.from(body.buffer, body.byteOffset, body.byteLength)
    .toString('utf8', from, Math.min(to, from + 65_536))
    .trimEnd()

const clip = (text: string, mark: Span | undefined): { excerpt: string; mark?: Span } => {
  const from = mark ? Math.max(0, mark[0] - before) : 0
  const cut = text.slice(from, from + width)
  const excerpt = `${from > 0 ? '…' : ''}${cut}${from + width < text.length ? '…' : ''}`
  if (!mark) return { excerpt }
  const shift = from > 0 ? 1 - from : 0
  return { excerpt, mark: [mark[0] + shift, Math.min(mark[1] + shift, excerpt.length)] }
}
