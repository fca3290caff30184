import { at, defineCheck, held, unobserved, violated } from './define-check.ts'
import { isDone, show } from './read.ts'
import { doneEvent, isDoneEarly } from './read-chat.ts'

export const afterDone = defineCheck({
  id: 'after-done',
  summary: 'the sentinel is the last event and comes once',
  codes: ['repeated', 'event-after-done'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const done = doneEvent(view)
    if (!view.streamed || !done) return unobserved('no sentinel')
    if (isDoneEarly(view)) return unobserved('the sentinel came too early')
    const after = view.events[done.index + 1]
    if (!after) return held(1)
    const code = isDone(after) ? 'repeated' : 'event-after-done'
    return violated({ code, at: at(after), expected: 'the end of the stream', actual: show(after.data ?? after.json) })
  },
})
