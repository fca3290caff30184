import type { Violation } from '../types.ts'
import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { asObject } from './read.ts'
import { isSuccess, refusal } from './tool-request.ts'

/**
 * Whether streams as such are refused, or only those with options, is told by the streams of the run that go without.
 * https://github.com/openai/openai-openapi openapi.yaml#/components/schemas/ChatCompletionStreamOptions
 */
export const streamOptionsAccepted = defineCheck({
  id: 'stream-options-accepted',
  summary: 'streams with `stream_options` are not all refused where streams without are answered',
  codes: ['refused'],
  needs: 'any',
  over: 'run',
  judge(views) {
    let refused: Violation | undefined
    let refusals = 0
    let plain = 0
    let good = 0
    for (const [number, view] of views.entries()) {
      const { stream, stream_options } = asObject(view.request) ?? {}
      if (stream !== true || view.breaks !== undefined) continue
      const options = asObject(stream_options)
      if (isSuccess(view)) {
        if (options) good++
        else plain++
      } else if (options) {
        const found = refusal(view)
        if (!found) continue
        refusals++
        refused ??= { ...found, view: number }
      }
    }
    if (good > 0) return held(good)
    if (!refused || refusals < 2 || plain === 0) return unobserved('no streams with options and without to compare')
    return violated(refused)
  },
})
