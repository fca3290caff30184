import { expect, test } from 'vitest'
import { conversation, observed } from '../testing/observed.ts'
import { toolResultImages } from './tool-result-images.ts'

const result = (content: unknown, status = 200) => conversation([{ role: 'tool', tool_call_id: 'a', content }], status)
const image = [
  { type: 'text', text: '21' },
  { type: 'image_url', image_url: { url: 'data:image/png;base64,' } },
]

test('accepted', () => expect(observed(toolResultImages, result('21'), result(image))).toBe('accepted'))
test('refused', () => expect(observed(toolResultImages, result('21'), result(image, 400))).toBe('refused'))
test('nothing to tell', () => {
  expect(observed(toolResultImages, result('21', 400), result(image, 400))).toBeUndefined()
  expect(observed(toolResultImages, result('21'))).toBeUndefined()
  expect(observed(toolResultImages, result([{ type: 'text', text: '21' }], 400))).toBeUndefined()
})
