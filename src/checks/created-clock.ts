import type { Locus, View } from '../types.ts'
import { at, defineCheck, held, inBody, unobserved, violated } from './define-check.ts'
import { asInteger, asObject, headerValue } from './read.ts'
import { eachChunk } from './read-chat.ts'

const day = 86_400
/** Without a clock of the server to compare with: the years in which this API has existed and will plausibly be called. */
const plausible = { from: 1_577_836_800, to: 4_102_444_800 }

export const createdClock = defineCheck({
  id: 'created-clock',
  summary: '`created` is a time in seconds, close to the clock of the server',
  codes: ['milliseconds', 'clock'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const found = createdOf(view)
    if (!found) return unobserved('no integer to look at')
    const { created, locus } = found
    // Seconds reach eleven digits in the year 5138
    if (created >= 1e11) return violated({ code: 'milliseconds', at: locus, expected: 'seconds', actual: String(created) })
    const clock = parseHttpDate(headerValue(view.response.headers, 'date') ?? '')
    const near = clock === undefined ? created >= plausible.from && created <= plausible.to : Math.abs(created - clock) <= day
    if (near) return held(1)
    const expected = clock === undefined ? 'a Unix time' : `within a day of ${clock}`
    return violated({ code: 'clock', at: locus, expected, actual: String(created) })
  },
})

/** The first chunk speaks for a stream: that the value does not change is another requirement. */
const createdOf = (view: View): { created: number; locus: Locus } | undefined => {
  if (!view.streamed) {
    const created = asInteger(asObject(view.json)?.created)
    return created === undefined ? undefined : { created, locus: inBody('/created') }
  }
  let found: { created: number; locus: Locus } | undefined
  eachChunk(view, (chunk, event) => {
    const created = found ? undefined : asInteger(chunk.created)
    if (created !== undefined) found = { created, locus: at(event, '/created') }
  })
  return found
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Unix time of an IMF-fixdate (RFC 9110 section 5.6.7), the only form that senders may use. */
const parseHttpDate = (text: string): number | undefined => {
  const parts = /^\w{3}, (\d\d) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$/.exec(text.trim())
  const month = months.indexOf(parts?.[2] ?? '')
  if (!parts || month < 0) return undefined
  const [date, year, hours, minutes, seconds] = [parts[1], parts[3], parts[4], parts[5], parts[6]].map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ]
  return daysSinceEpoch(year, month, date) * day + hours * 3600 + minutes * 60 + seconds
}

/** Days of the Gregorian calendar, with years that begin in March so that the leap day comes last. */
const daysSinceEpoch = (year: number, month: number, date: number): number => {
  const shifted = month < 2 ? year - 1 : year
  const dayOfYear = Math.floor((153 * ((month + 10) % 12) + 2) / 5) + date - 1
  return shifted * 365 + Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400) + dayOfYear - 719_468
}
