import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { eachChoice, type StreamChoice, show } from './read.ts'
import { hasFailed } from './read-chat.ts'

/** What OpenAI sends itself; its schema makes the member optional, so a stream without it is as legal. */
export const deltaContentKey = defineCheck({
  id: 'delta-content-key',
  summary: 'the first delta of a choice has content, be it empty or null',
  codes: ['omitted'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed || hasFailed(view)) return unobserved('no stream that was served')
    const firsts = new Map<number, StreamChoice>()
    eachChoice(view, (choice) => {
      if (!firsts.has(choice.index)) firsts.set(choice.index, choice)
    })
    const omitted = [...firsts.values()].filter(({ delta }) => delta.content === undefined).slice(0, 20)
    const violations = omitted.map(({ event, pointer, delta }) => ({
      code: 'omitted',
      at: at(event, `${pointer}/delta`),
      expected: 'a member content',
      actual: show(delta),
    }))
    return verdictOf(violations, firsts.size, 'no delta')
  },
})
