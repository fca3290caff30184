import type { View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { asArray, asObject } from './read.ts'
import { promptTokens } from './read-chat.ts'
import { isSuccess } from './tool-request.ts'

/** Steps: the same conversation with one tool, with several, and with still more. */
export const moreToolsCounted = defineCheck<{ readonly by: number }>({
  id: 'more-tools-counted',
  summary: 'tools that are declared beside others are counted as prompt',
  codes: ['dropped'],
  needs: 'complete',
  over: 'probe',
  args: { type: 'object', required: ['by'], additionalProperties: false, properties: { by: { type: 'integer', minimum: 1 } } },
  judge(views, { by }) {
    const last = views[views.length - 1] as View
    const alike = views.filter((view) => isSuccess(view) && toolsOf(view) > 0 && toolsOf(view) < toolsOf(last) && isSameTalk(view, last))
    const [one, several, all] = [alike[0], alike.at(-1), isSuccess(last) ? last : undefined]
    const [few, some, after] = [one, several, all].map((view) => view && promptTokens(view))
    if (one === several || few === undefined || some === undefined || after === undefined)
      return unobserved('no three counted requests with ever more tools')
    // who does not count tools at all breaks another rule
    if (some === few) return unobserved('tools are not counted')
    if (some > few && after - some >= by) return held(1)
    return violated({
      code: 'dropped',
      at: inCompletion('/usage/prompt_tokens'),
      expected: `>= ${Math.max(few, some) + by}`,
      actual: String(after),
    })
  },
})

const toolsOf = (view: View): number => asArray(asObject(view.request)?.tools)?.length ?? 0

const isSameTalk = (one: View, other: View): boolean =>
  JSON.stringify(asObject(one.request)?.messages) === JSON.stringify(asObject(other.request)?.messages)
