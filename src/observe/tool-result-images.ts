import { asArray, asObject } from '../checks/read.ts'
import type { Observer } from '../types.ts'
import { messagesOf } from './history.ts'
import { fate, treatment } from './votes.ts'

export const toolResultImages: Observer = {
  id: 'tool-result-images',
  summary: 'compares results that are text with one that holds an image',
  sees(view) {
    const results = messagesOf(view).filter(({ role }) => role === 'tool')
    const became = treatment(view)
    if (results.length === 0 || became === undefined) return undefined
    const parts = results.flatMap(({ content }) => asArray(content) ?? [])
    return `${parts.some((part) => asObject(part)?.type === 'image_url') ? 'image' : 'text'} ${became}`
  },
  decide(votes) {
    const image = fate(votes, 'image')
    // where no result is taken, the image is not to blame
    return image === 'refused' && fate(votes, 'text') !== 'accepted' ? undefined : image
  },
}
