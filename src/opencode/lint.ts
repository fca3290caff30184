import { isDisabled, modelsOf, providersOf } from './choose.ts'
import type { LintView, Problem, Rule, RuleLevel } from './rule.ts'
import { choiceRules } from './rules-choice.ts'
import { createFileRules } from './rules-file.ts'
import { keyRules } from './rules-key.ts'
import { keySourceRules } from './rules-key-source.ts'
import { limitRules } from './rules-limit.ts'
import { modelRules } from './rules-model.ts'
import { shapeRules } from './rules-shape.ts'
import { sideRules } from './rules-side.ts'
import { urlRules } from './rules-url.ts'
import type { Settings } from './settings.ts'
import { isObject, type World } from './world.ts'

/** Every mistake that can be seen without sending anything. */
export const createRules = (world: World): readonly Rule[] => [
  ...createFileRules((file) => {
    const found = world.read(file)
    return found.kind === 'text' ? found.text : ''
  }),
  ...shapeRules,
  ...urlRules,
  ...keyRules,
  ...keySourceRules,
  ...modelRules,
  ...limitRules,
  ...choiceRules,
  ...sideRules,
]

const viewOf = (settings: Settings): LintView => ({
  settings,
  providers: Object.entries(providersOf(settings)).flatMap(([id, value]) => {
    if (!isObject(value)) return []
    const path = ['provider', id]
    const models = Object.entries(modelsOf(value)).flatMap(([key, model]) =>
      isObject(model) ? [{ key, path: [...path, 'models', key], value: model }] : [],
    )
    return [{ id, path, value, models, disabled: isDisabled(settings, id) }]
  }),
})

const order: readonly RuleLevel[] = ['error', 'warning', 'note']

/** Finds the mistakes of a configuration; the worst come first, then as they are written. What is switched off harms nobody. */
export const lint = (settings: Settings, rules: readonly Rule[]): readonly Problem[] => {
  const view = viewOf(settings)
  const disabled = new Set(view.providers.filter((provider) => provider.disabled).map(({ id }) => id))
  const problems = rules.flatMap((rule) =>
    rule.find(view).map((found): Problem => {
      const level = found.level ?? rule.level
      const harmless = found.provider !== undefined && disabled.has(found.provider) && rule.id !== 'CF-40' && !stopsStart(rule.id)
      return { does: rule.does, ...found, rule: rule.id, title: rule.title, level: harmless ? 'note' : level }
    }),
  )
  const files = settings.sources.map(({ file }) => file)
  return problems.toSorted(
    (one, other) =>
      order.indexOf(one.level) - order.indexOf(other.level) ||
      files.indexOf(one.at.file) - files.indexOf(other.at.file) ||
      one.at.line - other.at.line ||
      one.at.column - other.at.column,
  )
}

/** Mistakes with which OpenCode does not start at all. */
export const stopsStart = (rule: string): boolean => ['CF-01', 'CF-02', 'CF-03', 'CF-04', 'CF-05', 'CF-13', 'CF-14'].includes(rule)
