import type { View } from '../types.ts'
import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { headerValue } from './read.ts'

const hasBearer = ({ requestHeaders }: View): boolean => /^bearer\s/i.test(headerValue(requestHeaders, 'authorization') ?? '')

/** An organisation or project that does not exist is a good reason for 401. */
const namesOther = ({ requestHeaders }: View): boolean => requestHeaders.some(([name]) => /^openai-(organization|project)$/i.test(name))

/**
 * Judged over the run, because a key that is refused everywhere is simply the wrong one:
 * only a key that opens one door and not the next tells something of the endpoint.
 */
export const keyAccepted = defineCheck({
  id: 'key-accepted',
  summary: 'the Authorization header of the target is good for every sound request',
  codes: ['refused'],
  needs: 'any',
  over: 'run',
  judge(views) {
    const sound = views
      .map((view, index) => ({ view, index }))
      .filter(({ view }) => view.auth === 'target' && view.breaks === undefined && hasBearer(view) && !namesOther(view))
    const successes = sound.filter(({ view }) => isSuccess(view)).length
    if (successes === 0) return unobserved('no request with this header succeeded')
    const refused = sound.find(({ view }) => view.response.status === 401)
    return refused
      ? violated({
          code: 'refused',
          at: { in: 'status' },
          expected: '2xx',
          actual: `401 for ${refused.view.endpoint}`,
          view: refused.index,
        })
      : held(successes)
  },
})
