import type { View } from '../types.ts'
import { defineCheck, held, inBody, unobserved, violated } from './define-check.ts'
import { errorOf, isSuccess, judgeStatus } from './failure.ts'
import { show } from './read.ts'

/** Only where the second step shows that deployments are served under their own path: elsewhere any path is unknown. */
export const azureDeploymentMissing = defineCheck({
  id: 'azure-deployment-missing',
  summary: 'an unknown deployment is answered 404 with the code DeploymentNotFound',
  codes: ['status', 'code'],
  needs: 'complete',
  over: 'probe',
  judge(views) {
    const subject = views[views.length - 1] as View
    const [, known] = views
    if (!known || known === subject || !isSuccess(known)) return unobserved('no deployment is served under a path of its own')
    const outcome = judgeStatus(subject, { is: [404] })
    if (outcome.kind !== 'held') return outcome
    const error = errorOf(subject)
    if (!error) return unobserved('no error envelope')
    const { code } = error
    // a code that is no string is a defect of the member
    if (code !== undefined && code !== null && typeof code !== 'string') return unobserved('error.code is neither a string nor null')
    if (code === 'DeploymentNotFound') return held(1)
    return violated({ code: 'code', at: inBody('/error/code'), expected: '"DeploymentNotFound"', actual: show(code) })
  },
})
