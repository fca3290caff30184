import type { View } from '../types.ts'
import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { errorOf, isBusy, isSuccess } from './failure.ts'
import { asString } from './read.ts'

const steps = { v1: 0, deployment: 1, 'without-model': 2 } as const

/**
 * The first step asks at `/openai/v1`, the second below the deployment, the third there without `model`. What is refused at one
 * address must be served at another: a gateway that only forwards headers of Azure has none of them, and owes none.
 */
export const azureAddress = defineCheck<{ readonly of: 'v1' | 'deployment' }>({
  id: 'azure-address',
  summary: 'an address of Azure OpenAI serves chat completions',
  codes: ['refused', 'model-required'],
  needs: 'any',
  over: 'probe',
  args: { type: 'object', required: ['of'], additionalProperties: false, properties: { of: { enum: ['v1', 'deployment'] } } },
  judge(views, { of }) {
    const subject = views[steps[of]]
    if (!subject || !views.some(isSuccess)) return unobserved('no address of Azure serves this model')
    if (isDeclined(subject)) return violated({ ...told(subject, 'refused'), view: steps[of] })
    if (!isSuccess(subject)) return unobserved(`answered ${subject.response.status}`)
    const bare = of === 'deployment' ? views[steps['without-model']] : undefined
    if (bare && isDeclined(bare)) return violated({ ...told(bare, 'model-required'), view: steps['without-model'] })
    return held(1)
  },
})

const told = (view: View, code: string) => ({
  code,
  at: { in: 'status' } as const,
  expected: '2xx',
  actual: `${view.response.status} ${asString(errorOf(view)?.message) ?? ''}`.trim().slice(0, 120),
})

/** Keys and load are matters of their own. */
const isDeclined = ({ response: { status } }: View): boolean =>
  status === 501 || (status >= 400 && status <= 499 && status !== 401 && status !== 403 && !isBusy(status))
