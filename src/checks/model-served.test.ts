import { expect, test } from 'vitest'
import { json, judged, type Options } from '../testing/transcript.ts'
import { modelServed } from './model-served.ts'

const says = (error: object, options: Options = {}) =>
  judged(modelServed, json('POST /chat/completions', { error }, { status: 400, ...options }))

test('holds', () => expect(judged(modelServed, json('POST /chat/completions', { choices: [] }))).toEqual(['held']))
test.each([
  { message: 'model "m" is not accessible via the /chat/completions endpoint', code: 'unsupported_api_for_model' },
  { message: 'The requested model is not supported.', code: 'model_not_supported', param: 'model' },
  { message: 'The model m only supports the Responses API.' },
])('refused: %j', (error) => expect(says(error)).toEqual(['refused']))
test('cannot be told', () => {
  expect(says({ message: "'tools' is not supported by this model.", param: 'tools' })).toEqual(['unobserved'])
  expect(says({ message: 'The model does not exist.', code: 'model_not_found' }, { breaks: 'model' })).toEqual(['unobserved'])
  expect(says({ message: 'The model is not available.' }, { status: 503 })).toEqual(['unobserved'])
  expect(says({ message: 'No.' })).toEqual(['unobserved'])
})
