import type { Task } from '../conversation.ts'
import type { Speech } from '../exchange.ts'
import { tokensOf } from '../tokens.ts'
import { answerText, lastPrompt } from './answer.ts'
import { wantedCalls } from './call-tools.ts'
import { declined, structuredText } from './structured.ts'

const thoughtLengths: Readonly<Record<string, number>> = { none: 0, minimal: 8, low: 24, medium: 48, high: 96, xhigh: 192 }

const thoughts = 'I read the question again, look at what is given, work it out step by step and check the result before I answer. '

/** So many tokens of thinking about the prompt. */
const think = (effort: string, prompt: string): string[] => {
  const wanted = thoughtLengths[effort] ?? 0
  if (wanted === 0) return []
  const about = prompt.slice(0, 40).replace(/\s+/g, ' ').trim()
  return tokensOf(`The user says: ${about}. ${thoughts.repeat(1 + Math.ceil(wanted / 20))}`).slice(0, wanted)
}

const firstStop = (text: string, stops: readonly string[]): number =>
  stops.reduce((first, stop) => {
    const at = text.indexOf(stop)
    return at >= 0 && at < first ? at : first
  }, text.length)

/**
 * What the model says: thoughts first, then words or calls, ended by a stop sequence or by the cap.
 * It knows only the conversation, never who is asking.
 */
export const speak = (task: Task, nextCallId: () => string): Speech => {
  let left = task.cap ?? Number.POSITIVE_INFINITY
  let cut = false
  const take = (tokens: readonly string[]): string[] => {
    const taken = tokens.slice(0, Math.min(left, tokens.length))
    if (taken.length < tokens.length) cut = true
    left -= taken.length
    return taken
  }
  const reasoning = take(think(task.effort, lastPrompt(task.turns)))
  const spoken = { reasoning: reasoning.join('').trimEnd(), reasoningTokens: reasoning.length, calls: [] as Speech['calls'] }
  const wanted = wantedCalls(task)
  if (wanted.length === 0) {
    const refusal = cut ? undefined : declined(task)
    if (refusal !== undefined) {
      const said = take(tokensOf(refusal))
      return {
        ...spoken,
        content: null,
        refusal: said.join(''),
        finish: cut ? 'length' : 'stop',
        completionTokens: reasoning.length + said.length,
      }
    }
    const full = structuredText(task) ?? answerText(task.turns)
    const within = take(cut ? [] : tokensOf(full)).join('')
    const end = firstStop(within, task.stops)
    const content = within.slice(0, end)
    const finish = end < within.length ? 'stop' : cut || (content === '' && left === 0) ? 'length' : 'stop'
    return { ...spoken, content, finish, completionTokens: reasoning.length + tokensOf(content).length }
  }
  let used = reasoning.length
  for (const call of wanted) {
    if (cut || left === 0) break
    const name = take(tokensOf(call.name))
    if (cut) break
    const args = take(tokensOf(call.arguments))
    used += name.length + args.length
    spoken.calls.push({ id: nextCallId(), name: call.name, arguments: args.join('') })
  }
  const whole = spoken.calls.length === wanted.length && !cut
  return { ...spoken, content: spoken.calls.length > 0 ? null : '', finish: whole ? 'tool_calls' : 'length', completionTokens: used }
}
