import type { Task } from '../conversation.ts'
import { answerText, lastPrompt } from './answer.ts'
import { sampleValue } from './sample-value.ts'

/** What the model says where JSON is asked for; undefined where words will do. Prompts that argue against the form change nothing. */
export const structuredText = (task: Task): string | undefined => {
  if (task.format === 'text') return undefined
  if (task.format === 'json') return JSON.stringify({ answer: answerText(task.turns) })
  const asked = /\b(\d+)[- ]words?\b/i.exec(lastPrompt(task.turns))?.[1]
  const words = asked === undefined ? undefined : Number(asked)
  return JSON.stringify(sampleValue(task.format.schema, task.format.schema, { words }))
}

/** What the model will not help with; under a schema its words have a place of their own. */
export const declined = (task: Task): string | undefined =>
  typeof task.format === 'object' &&
  task.format.mayDecline === true &&
  /\bpick (?:the|a|my neighbour's) lock\b/i.test(lastPrompt(task.turns))
    ? "I'm sorry, but I can't help with that."
    : undefined
