import type { Settings } from './settings.ts'
import type { Json, Path, Place } from './world.ts'

export type RuleLevel = 'error' | 'warning' | 'note'

/** What can be done, in a form that can be pasted where that is possible. */
export type Fix =
  | { readonly kind: 'config'; readonly file: string /** RFC 7396. */; readonly patch: Json; readonly note?: string }
  | { readonly kind: 'command'; readonly line: string }
  | { readonly kind: 'flag'; readonly server: string; readonly flag: string }
  | { readonly kind: 'vendor'; readonly text: string; readonly curl?: string }
  | { readonly kind: 'say'; readonly text: string }

/** A mistake that a rule found. */
export interface Found {
  readonly at: Place
  readonly message: string
  readonly level?: RuleLevel
  readonly fix?: Fix | undefined
  /** The provider and the model that it is about; without a provider it concerns all. */
  readonly provider?: string
  readonly model?: string
  /** What OpenCode says in this case, where that depends on the case. */
  readonly does?: string
}

export interface Rule {
  /** Numbers up to CF-12 are those of the published table of mistakes; the others are ours. */
  readonly id: string
  readonly level: RuleLevel
  readonly title: string
  /** What OpenCode does about it, or shows. */
  readonly does: string
  readonly find: (view: LintView) => readonly Found[]
}

export interface LintView {
  readonly settings: Settings
  readonly providers: readonly ProviderView[]
}

/** A provider of the merged configuration. */
export interface ProviderView {
  readonly id: string
  readonly path: Path
  readonly value: Json
  readonly models: readonly ModelView[]
  readonly disabled: boolean
}

export interface ModelView {
  readonly key: string
  readonly path: Path
  readonly value: Json
}

export interface Problem extends Found {
  readonly rule: string
  readonly title: string
  readonly level: RuleLevel
  readonly does: string
}

/** A patch for the file where something is written. */
export const configFix = (at: Place, patch: Json, note?: string): Fix => ({
  kind: 'config',
  file: at.file,
  patch,
  ...(note === undefined ? {} : { note }),
})

export const eachModel = <Result>(
  { providers }: LintView,
  make: (model: ModelView, provider: ProviderView) => Result | undefined | readonly Result[],
): readonly Result[] =>
  providers.flatMap((provider) => provider.models.flatMap((model) => make(model, provider) ?? [])) as unknown as readonly Result[]

/** The name of the variable that would hold the key of a provider. */
export const keyVariable = (provider: string): string => `${provider.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}_API_KEY`
