import { at, defineCheck, held, unobserved, violated } from './define-check.ts'
import { isErrorEvent } from './failure.ts'
import { asArray, asObject, show } from './read.ts'

const successes = new Set<unknown>(['stop', 'tool_calls', 'function_call'])

export const noFakeFinish = defineCheck({
  id: 'no-fake-finish',
  summary: 'after an error event no choice finishes as if nothing had happened',
  codes: ['finish-after-error'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed) return unobserved('no stream')
    let failed = false
    for (const event of view.events) {
      const object = asObject(event.json)
      failed ||= isErrorEvent(event) || asObject(object?.error) !== undefined
      if (!failed) continue
      for (const [position, choice] of (asArray(object?.choices) ?? []).entries()) {
        const finish = asObject(choice)?.finish_reason
        if (successes.has(finish))
          return violated({ code: 'finish-after-error', at: at(event, `/choices/${position}/finish_reason`), actual: show(finish) })
      }
    }
    return failed ? held(1) : unobserved('no failure inside the stream')
  },
})
