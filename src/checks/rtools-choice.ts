import type { JsonObject } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { asArray, asObject, asString, declaredTools, show } from './read.ts'
import { isDisguisedCall, markupIn, mayBeCut, settledOutput, spokenTokens, textsOf } from './settled-output.ts'

/** What the model does of its own accord under `auto` is not judged; the other values bind the server. */
export const rtoolsChoice = defineCheck({
  id: 'rtools-choice',
  summary: 'tool_choice is obeyed',
  codes: ['called', 'ignored', 'other-function'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const request = asObject(view.request)
    const reply = asObject(view.completion)
    const { tool_choice: choice, tools } = request ?? {}
    if ((asArray(tools)?.length ?? 0) === 0) return unobserved('no tools were declared')
    const output = settledOutput(view)
    const calls = output?.map((item, index) => ({ item, index })).filter(({ item }) => item?.type === 'function_call')
    if (!reply || !output || !calls || (reply.status !== 'completed' && reply.status !== 'incomplete')) return unobserved('no output')
    const [first] = calls
    if (choice === 'none') {
      return first
        ? violated({
            code: 'called',
            at: inCompletion(`/output/${first.index}/type`),
            expected: 'no function_call',
            actual: show(first.item?.name),
          })
        : held(1)
    }
    const wanted = asObject(choice)?.type === 'function' ? asString(asObject(choice)?.name) : undefined
    if (choice !== 'required' && wanted === undefined) return unobserved('the model was free to choose')
    if (!first) {
      if (mayBeCut(view) || output.includes(undefined)) return unobserved('the reply was cut, or is told in two ways')
      // a call in the wrong form, or an output that got lost, is the finding of another requirement
      const lost = output.length === 0 && spokenTokens(view) > 1
      // and a model that ended among its thoughts never came to where the grammar of calls begins
      const unspoken = output.some((item) => item?.type === 'reasoning') && output.every(isUnspoken)
      if (lost || unspoken || output.some(isElsewhere)) return unobserved('there may be a call in another form')
      return violated({
        code: 'ignored',
        at: inCompletion('/output'),
        expected: 'a function_call',
        actual: show(output.map((item) => item?.type)),
      })
    }
    const others = wanted === undefined ? [] : declaredTools(view).filter((name) => name !== wanted)
    const other = calls.find(({ item }) => others.includes(asString(item?.name) ?? ''))
    if (!other) return held(calls.length)
    return violated({
      code: 'other-function',
      at: inCompletion(`/output/${other.index}/name`),
      expected: show(wanted),
      actual: show(other.item?.name),
    })
  },
})

const isUnspoken = (item: JsonObject | undefined): boolean =>
  item?.type === 'reasoning' || (item?.type === 'message' && textsOf(item).every((text) => text === ''))

const isElsewhere = (item: JsonObject | undefined): boolean =>
  typeof item?.type !== 'string' || isDisguisedCall(item) || markupIn(item) !== undefined
