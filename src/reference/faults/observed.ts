import type { Fault, Json } from '../exchange.ts'
import { onMessage, onMessages, thinkingFault } from './stages.ts'

const isInParts = (message: Json): boolean =>
  Array.isArray(message?.content) && message.content.some((part: Json) => part?.type === 'thinking')

const textOf = (parts: readonly Json[]): string => parts.map((part) => part?.text ?? '').join('')

/** What single vendors do against the rules, and clients have to cope with: the values of observations that are no legal variants. */
export const observedFaults: readonly Fault[] = [
  thinkingFault(
    'reasoning-in-parts',
    'chat.message.content',
    'thoughts are typed parts of the content',
    onMessage((message) => {
      if (!message.reasoning_content) return
      message.content = [
        { type: 'thinking', thinking: [{ type: 'text', text: message.reasoning_content }] },
        ...(message.content ? [{ type: 'text', text: message.content }] : []),
      ]
      delete message.reasoning_content
    }),
    // what it sends it takes back
    onMessages((messages) => messages.map((message) => (isInParts(message) ? { ...message, content: textOf(message.content) } : message))),
  ),
]
