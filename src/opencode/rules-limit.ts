import { patchAt } from './merge.ts'
import { configFix, eachModel, type Found, type Rule } from './rule.ts'
import { at, isObject } from './world.ts'

/** What is said of a model's limits and abilities. */
export const limitRules: readonly Rule[] = [
  {
    id: 'CF-35',
    level: 'warning',
    title: 'limit is missing',
    does: 'OpenCode asks for 32000 tokens of output with every request, and never compacts by itself.',
    find: (view) =>
      eachModel(view, ({ path, value, key }, { id }): Found | undefined => {
        const limit = at(value, ['limit'])
        if (limit !== undefined && !(isObject(limit) && limit.output === 0)) return undefined
        const place = view.settings.place(path, true)
        return {
          at: place,
          message: 'without limit.output every request asks for 32000 tokens',
          provider: id,
          model: key,
          fix: configFix(place, patchAt([...path, 'limit'], { context: 131_072, output: 8192 }), 'put in the limits of your model'),
        }
      }),
  },
  {
    id: 'CF-36',
    level: 'warning',
    title: 'the limits leave no room',
    does: 'OpenCode compacts as soon as context minus output is used; its smallest request has about 8000 tokens, so it compacts for ever.',
    find: (view) =>
      eachModel(view, ({ path, value, key }, { id }): Found | undefined => {
        const context = at(value, ['limit', 'context'])
        const output = at(value, ['limit', 'output'])
        if (typeof context !== 'number' || typeof output !== 'number' || context === 0) return undefined
        const asked = Math.min(output || 32_000, 32_000)
        if (context - asked >= 10_000) return undefined
        const place = view.settings.place([...path, 'limit'], true)
        const base = { at: place, provider: id, model: key }
        if (context < 14_000)
          return {
            ...base,
            message: `a context of ${context} tokens is too small for OpenCode, whose tools and instructions need about 8000`,
          }
        const message = `context ${context} minus output ${asked} leaves no room for OpenCode's tools and instructions`
        return { ...base, message, fix: configFix(place, patchAt([...path, 'limit', 'output'], Math.min(4096, context - 10_000))) }
      }),
  },
  {
    id: 'CF-37',
    level: 'warning',
    title: 'attachment alone lets no image through',
    does: 'OpenCode replaces the image by "this model does not support image input".',
    find: (view) =>
      eachModel(view, ({ path, value, key }, { id }): Found | undefined => {
        const input = at(value, ['modalities', 'input'])
        if (value.attachment !== true || (Array.isArray(input) && input.includes('image'))) return undefined
        const place = view.settings.place([...path, 'attachment'])
        const modalities = { input: ['text', 'image'], output: ['text'] }
        return {
          at: place,
          message: 'images are sent only with modalities.input',
          provider: id,
          model: key,
          fix: configFix(place, patchAt([...path, 'modalities'], modalities)),
        }
      }),
  },
]
