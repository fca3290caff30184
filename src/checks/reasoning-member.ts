import type { Violation } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isSwitchedOff } from './off-switch.ts'
import { asObject, choicesOf, typeName } from './read.ts'
import { answerOf, thoughtsOf } from './reasoning-text.ts'
import { isSuccess } from './tool-request.ts'

const readable = ['reasoning_content', 'reasoning']

/** Finished answers with thoughts and without. */
interface Answers {
  thoughtful: number
  blank: number
}

/** A model may answer without a thought now and then, but not always in one mode and never in the other. */
const enough = 3

/** https://github.com/vercel/ai packages/openai-compatible reads reasoning_content, then reasoning, and nothing else. */
export const reasoningMember = defineCheck({
  id: 'reasoning-member',
  summary: 'reasoning is a string under one known name, in both modes',
  codes: ['not-a-string', 'disagree', 'other-member', 'names-differ', 'one-mode'],
  needs: 'any',
  over: 'run',
  judge(views) {
    const names = { json: new Set<string>(), stream: new Set<string>() }
    const answers: Record<'json' | 'stream', Answers> = { json: { thoughtful: 0, blank: 0 }, stream: { thoughtful: 0, blank: 0 } }
    const violations = new Map<string, Violation>()
    let seen = 0
    for (const [number, view] of views.entries()) {
      if (!isSuccess(view)) continue
      for (const [position, choice] of choicesOf(view).entries()) {
        const message = asObject(choice.message)
        if (!message) continue
        const pointer = `/choices/${position}/message`
        const add = (code: string, member: string, expected: string, actual: string) => {
          const at = inCompletion(member === 'content[]' ? `${pointer}/content` : `${pointer}/${member}`)
          if (!violations.has(code)) violations.set(code, { code, view: number, at, expected, actual })
        }
        for (const name of readable) {
          const value = message[name]
          if (value !== undefined && value !== null && typeof value !== 'string')
            add('not-a-string', name, 'a string or null', typeName(value))
        }
        const thoughts = thoughtsOf(message)
        // only a whole answer to a question that leaves the thinking on tells that there were no thoughts
        if (choice.finish_reason === 'stop' && answerOf(message) !== '' && !isSwitchedOff(asObject(view.request) ?? {}))
          answers[view.streamed ? 'stream' : 'json'][thoughts.size > 0 ? 'thoughtful' : 'blank']++
        if (thoughts.size === 0) continue
        seen++
        for (const name of thoughts.keys()) names[view.streamed ? 'stream' : 'json'].add(name)
        const [one, other] = readable.map((name) => thoughts.get(name))
        if (one !== undefined && other !== undefined && one !== other)
          add('disagree', 'reasoning', 'the text of reasoning_content', other.slice(0, 80))
        if (one === undefined && other === undefined) {
          const name = [...thoughts.keys()][0] ?? ''
          add('other-member', name, readable.join(' or '), name)
        }
      }
    }
    const [json, stream] = [names.json, names.stream].map((set) => [...set].sort().join(', '))
    if (json && stream && json !== stream) {
      violations.set('names-differ', { code: 'names-differ', at: inCompletion('/choices/0/message'), expected: json, actual: stream })
    }
    for (const [mode, other] of [
      ['json', 'stream'],
      ['stream', 'json'],
    ] as const) {
      const [shows, hides] = [answers[mode], answers[other]]
      if (shows.thoughtful < enough || shows.blank > shows.thoughtful || hides.thoughtful > 0 || hides.blank < enough) continue
      const view = views.findIndex(({ streamed }) => streamed === (other === 'stream'))
      const at = inCompletion('/choices/0/message')
      violations.set('one-mode', {
        code: 'one-mode',
        view,
        at,
        expected: `thoughts as in ${mode} answers`,
        actual: `none in ${hides.blank}`,
      })
    }
    const [first, ...rest] = violations.values()
    if (first) return violated(first, ...rest)
    return seen > 0 ? held(seen) : unobserved('no readable reasoning was seen')
  },
})
