import { asObject } from '../checks/read.ts'
import type { Observer } from '../types.ts'
import { isChatReply, isWhole, times } from './votes.ts'

export const streamUsageDefault: Observer = {
  id: 'stream-usage-default',
  summary: 'compares streams that asked for token counts with those that did not',
  sees(view) {
    if (!view.streamed || !isChatReply(view) || !isWhole(view) || view.completion === undefined) return undefined
    const asked = asObject(asObject(view.request)?.stream_options)?.include_usage === true
    const told = asObject(asObject(view.completion)?.usage) !== undefined
    return `${asked ? 'asked' : 'unasked'} ${told ? 'told' : 'silent'}`
  },
  decide(votes) {
    const told = (when: string): boolean | undefined => {
      const [yes, no] = [times(votes, `${when} told`), times(votes, `${when} silent`)]
      return yes + no === 0 ? undefined : yes >= no
    }
    const [asked, unasked] = [told('asked'), told('unasked')]
    if (unasked === true) return 'always'
    if (asked === undefined || unasked === undefined) return undefined
    return asked ? 'when-asked' : 'never'
  },
}
