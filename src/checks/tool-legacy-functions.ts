import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { asArray, asObject, asString, choicesOf, show } from './read.ts'
import { isSuccess } from './tool-request.ts'

/** https://github.com/openai/openai-openapi openapi.yaml#/components/schemas/CreateChatCompletionRequest, functions and function_call */
export const toolLegacyFunctions = defineCheck({
  id: 'tool-legacy-functions',
  summary: 'functions and function_call are honoured when they are accepted',
  codes: ['ignored'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const request = asObject(view.request)
    if (!isSuccess(view) || !asArray(request?.functions)?.length) return unobserved('the request has no functions')
    const [choice] = choicesOf(view)
    const message = asObject(choice?.message)
    if (!choice || !message) return unobserved('no reply')
    if (asString(asObject(message.function_call)?.name) !== undefined) return held(1)
    // Only a function that the request names must be called.
    if (choice.finish_reason !== 'stop' || !asObject(request?.function_call)) return unobserved('the model was free not to call')
    return violated({
      code: 'ignored',
      at: inCompletion('/choices/0/message/function_call'),
      expected: 'a function call',
      actual: show(message.content),
    })
  },
})
