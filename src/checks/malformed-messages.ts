import { defineCheck } from './define-check.ts'
import { judgeStatus } from './failure.ts'
import { asArray, asObject } from './read.ts'

const roles = new Set<unknown>(['system', 'developer', 'user', 'assistant', 'tool', 'function'])

/**
 * A list that is empty or names an unknown role is often handed to a chat template, which may make sense of it;
 * that is noted. Anything else cannot be understood and must be refused.
 */
export const malformedMessages = defineCheck({
  id: 'malformed-messages',
  summary: 'a malformed message list is refused with 4xx',
  codes: ['status', 'lenient'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const messages = asArray(asObject(view.request)?.messages)
    const usable = messages?.every((message) => {
      const role = asObject(message)?.role
      return typeof role === 'string' && !roles.has(role)
    })
    return judgeStatus(view, { is: [400, 422], also: usable ? [200, 413] : [413] })
  },
})
