import type { Dispatcher } from 'undici'
import type { Headers } from '../types.ts'

/** Header lines in the order, the case and the number in which they came. */
export const rawHeaders = (raw: Dispatcher.DispatchController['rawHeaders']): Headers => {
  if (!Array.isArray(raw)) return []
  const headers: [string, string][] = []
  for (let index = 0; index + 1 < raw.length; index += 2) headers.push([text(raw[index]), text(raw[index + 1])])
  return headers
}

// RFC 9110 section 5.5: field values are octets; latin1 keeps each of them
const text = (value: Buffer | string | undefined): string => (typeof value === 'string' ? value : (value?.toString('latin1') ?? ''))
