import { expect, test } from 'vitest'
import { withoutQueryValues } from './query.ts'

test.each([
  ['https://h/v1/x', 'https://h/v1/x'],
  ['https://h/v1/x?api-version=2024-10-21&limit=5', 'https://h/v1/x?api-version=2024-10-21&limit=5'],
  ['https://h/v1/x?subscription=s3cret&api-version=1', 'https://h/v1/x?subscription=[redacted]&api-version=1'],
  ['https://h/v1/x?k=a=b==&&e=', 'https://h/v1/x?k=[redacted]&&e='],
  ['https://h/v1/x?s3cret', 'https://h/v1/x?[redacted]'],
  ['https://h/v1/x?include%5B%5D=file_search.results', 'https://h/v1/x?include%5B%5D=file_search.results'],
  ['https://h/v1/x?limit=5?k=s3cret', 'https://h/v1/x?limit=[redacted]'],
])('%s is written down as %s', (url, written) => {
  expect(withoutQueryValues(url)).toBe(written)
})
