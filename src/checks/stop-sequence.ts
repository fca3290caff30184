import type { View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { asString, choicesOf, show } from './read.ts'
import { capOf, completionTokens, contentOf, lineAsked, stopsOf } from './read-chat.ts'

/** Text that holds a stop sequence is wrong whatever the model meant; that generation ended there shows only where the model came so far. */
export const stopSequence = defineCheck({
  id: 'stop-sequence',
  summary: 'generation ends before a stop sequence, with finish stop',
  codes: ['ignored', 'included', 'continued', 'finish'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const stops = stopsOf(view)
    if (stops.length === 0 || !isSuccess(view)) return unobserved('no stop sequence, or no success')
    const at = inCompletion('/choices/0/message/content')
    const choice = choicesOf(view)[0]
    // thoughts that leaked into the text are judged elsewhere, and may well speak of the sequence
    const content = contentOf(choice)?.replace(/^.*<\/think(?:ing)?>/s, '')
    if (!content) return unobserved('no text')
    const found = stops.find((stop) => content.includes(stop))
    if (found !== undefined) {
      const code = content.trimEnd().endsWith(found) ? 'included' : 'ignored'
      return violated({ code, at, expected: `text before ${show(found)}`, actual: show(content) })
    }
    const line = lineAsked(view) ?? ''
    const stop = stops.find((candidate) => line.includes(candidate))
    if (stop === undefined) return unobserved('the prompt does not lead to a stop sequence')
    const before = line.slice(0, line.indexOf(stop))
    // the sequence cut out of the middle, both spaces around it left
    if (content.includes(line.replace(stop, ''))) return violated({ code: 'continued', at, expected: show(before), actual: show(content) })
    if (!content.trimEnd().endsWith(before.trim())) return unobserved('the model did not come to the stop sequence')
    return judgeFinish(view, choice?.finish_reason)
  },
})

const judgeFinish = (view: View, value: unknown) => {
  const finish = asString(value)
  if (finish === 'stop') return held(1)
  const cap = capOf(view)
  const tokens = completionTokens(view)
  const reachedCap = finish === 'length' && (cap === undefined || tokens === undefined || tokens >= cap)
  // a finish that speaks of calls where there are none has a rule of its own
  if (finish !== 'length' || reachedCap) return unobserved('nothing says that the sequence was met')
  return violated({ code: 'finish', at: inCompletion('/choices/0/finish_reason'), expected: '"stop"', actual: show(finish) })
}
