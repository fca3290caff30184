import type { Probe, View } from '../types.ts'
import type { Facts } from './presence.ts'

/** How a page for browsers begins, whatever its label says. */
const opening = /^\uFEFF?\s*(<!--((?!-->)[\s\S])*-->\s*)*<(!doctype\s+html|html[\s>])/i

/** Whether a body is a web page: what a wrong base URL gets, and no API ever sends with success. */
export const isWebPage = (body: Uint8Array): boolean => opening.test(Buffer.from(body.subarray(0, 2048)).toString('utf8'))

export const webPageWords = 'answered with a web page, not as an API'

/**
 * Whether an answer comes from something else than the API that is tested: a page, while nothing of the run answered as an
 * API does. What is wrong with it says nothing of an endpoint. Traffic of others is told as it is.
 */
export const isStray = ({ response: { status }, body }: View, probe: Probe, { endpoints }: Facts): boolean =>
  status >= 200 &&
  status <= 299 &&
  probe.steps.some(({ expect }) => expect.length > 0) &&
  !endpoints.some(({ presence }) => presence === 'answered') &&
  isWebPage(body)
