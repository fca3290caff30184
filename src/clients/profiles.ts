import type { ClientApi } from '../types.ts'
import type { ClientId } from './client-ids.ts'
import type { Drive } from './handed.ts'
import { opencodeSymptoms } from './opencode-rules.ts'
import { contentSymptoms, librarySymptoms, type Symptom } from './symptoms.ts'

export interface ClientProfile {
  readonly id: ClientId
  readonly packages: Readonly<Record<string, string>>
  readonly runtime: 'node' | 'bun'
  /** Only streams are asked for. */
  readonly streamsOnly: boolean
  readonly prefers?: ClientApi
  /** Calls are handed over, but run only where the answer ended for a reason that the client knows. */
  readonly runsToolsOnlyWhenEnded?: boolean
  readonly rules: 'library' | 'opencode'
  readonly symptoms: Readonly<Record<string, Symptom>>
  /** Loads the package; nothing of it is loaded before. */
  readonly load: () => Promise<Drive>
}

const library = { ...contentSymptoms, ...librarySymptoms }

const sdk6 = { ai: '6.0.168', '@ai-sdk/openai-compatible': '2.0.41', '@ai-sdk/openai': '3.0.88' }

/** The clients that can be replayed, at the versions that are bundled. */
export const clientProfiles: readonly ClientProfile[] = [
  {
    id: 'opencode-1.18',
    packages: sdk6,
    runtime: 'bun',
    streamsOnly: true,
    prefers: 'chat',
    rules: 'opencode',
    symptoms: { ...library, ...opencodeSymptoms },
    load: async () => (await import('./opencode-1-18.ts')).drive,
  },
  {
    id: 'ai-sdk-6',
    packages: sdk6,
    runtime: 'node',
    streamsOnly: false,
    rules: 'library',
    symptoms: library,
    load: async () => (await import('./ai-sdk-6.ts')).drive,
  },
  {
    id: 'ai-sdk-7',
    packages: { ai: '7.0.173', '@ai-sdk/openai-compatible': '3.0.92', '@ai-sdk/openai': '4.0.118' },
    runtime: 'node',
    streamsOnly: false,
    runsToolsOnlyWhenEnded: true,
    rules: 'library',
    symptoms: library,
    load: async () => (await import('./ai-sdk-7.ts')).drive,
  },
  {
    id: 'openai-node',
    packages: { openai: '7.55.0' },
    runtime: 'node',
    streamsOnly: false,
    rules: 'library',
    symptoms: library,
    load: async () => (await import('./openai-node.ts')).drive,
  },
]
