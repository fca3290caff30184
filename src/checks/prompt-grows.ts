import type { View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { asInteger, asObject } from './read.ts'

interface Args {
  readonly by: number
  /** The step to compare with; the first unless said. */
  readonly than?: number
}

/**
 * Whether a part of the request reached the model, told by the token count of the prompt:
 * it needs no cooperation of the model, and text that was dropped costs nothing.
 */
export const promptGrows = defineCheck<Args>({
  id: 'prompt-grows',
  summary: 'the added text is counted as prompt',
  codes: ['ignored'],
  needs: 'complete',
  over: 'probe',
  args: {
    type: 'object',
    required: ['by'],
    additionalProperties: false,
    properties: { by: { type: 'integer', minimum: 1 }, than: { type: 'integer', minimum: 0 } },
  },
  judge(views, { by, than = 0 }) {
    const subject = views[views.length - 1] as View
    const base = views[than]
    if (!base || base === subject) return unobserved('no step to compare with')
    if (!isSuccess(base) || !isSuccess(subject)) return unobserved(`answered ${base.response.status} and ${subject.response.status}`)
    const [before, after] = [promptTokens(base), promptTokens(subject)]
    if (!before || !after) return unobserved('no prompt token count')
    if (after.count - before.count >= by) return held(1)
    return violated({ code: 'ignored', at: inCompletion(after.pointer), expected: `>= ${before.count + by}`, actual: String(after.count) })
  },
})

const promptTokens = ({ completion }: View): { count: number; pointer: string } | undefined => {
  const usage = asObject(asObject(completion)?.usage)
  for (const member of ['prompt_tokens', 'input_tokens']) {
    const count = asInteger(usage?.[member])
    // zero is no count: its defect has a requirement of its own
    if (count !== undefined && count > 0) return { count, pointer: `/usage/${member}` }
  }
  return undefined
}
