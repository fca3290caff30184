import { defineCheck, held, inCompletion, unobserved } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { choicesOf, show } from './read.ts'
import { contentOf } from './read-chat.ts'

/** Both readings of a trailing assistant message are in use; the one found is told. */
export const assistantPrefill = defineCheck({
  id: 'assistant-prefill',
  summary: 'what becomes of a trailing assistant message that ends with `1, 2,`',
  codes: ['continuation', 'new-turn'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!isSuccess(view)) return unobserved(`answered ${view.response.status}`)
    const content = contentOf(choicesOf(view)[0])
    if (!content?.trim()) return unobserved('no text')
    const code = content.trimStart().startsWith('3') ? 'continuation' : 'new-turn'
    return held(1, [{ code, at: inCompletion('/choices/0/message/content'), actual: show(content) }])
  },
})
