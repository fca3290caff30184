import { asArray, asObject } from '../checks/read.ts'
import type { JsonObject, Observer } from '../types.ts'
import { commonest, isWhole } from './votes.ts'

const names = ['max_model_len', 'context_length', 'context_window', 'max_context_length', 'max_input_tokens']
/** What a server of one file tells of the file. */
const nested = ['n_ctx', 'n_ctx_train']
const mostEntries = 200

const isWindow = (value: unknown): boolean => typeof value === 'number' && value > 0

const windowOf = (entry: JsonObject): string | undefined => {
  const name = names.find((each) => isWindow(entry[each]))
  if (name !== undefined) return name
  const meta = asObject(entry.meta)
  const inner = meta && nested.find((each) => isWindow(meta[each]))
  return inner && `meta.${inner}`
}

export const modelsListWindow: Observer = {
  id: 'models-list-window',
  summary: 'looks for the context window in the entries of the list',
  sees(view) {
    const entries = asArray(asObject(view.json)?.data)
    if (view.endpoint !== 'GET /models' || view.response.status !== 200 || !isWhole(view) || !entries || entries.length === 0)
      return undefined
    for (const entry of entries.slice(0, mostEntries)) {
      const own = asObject(entry)
      const name = own && windowOf(own)
      if (name !== undefined) return name
    }
    return 'none'
  },
  decide: commonest,
}
