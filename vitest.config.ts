import { defineConfig } from 'vitest/config'

// Tests that start whole runs stand apart, so that `npm run check` stays quick.
const slow = [
  'src/clients.test.ts',
  'src/faults.test.ts',
  'src/foreign.test.ts',
  'src/honest.test.ts',
  'src/transcript/scrub.test.ts',
  'src/observations.test.ts',
  'src/opencode/guides.test.ts',
  'src/optional-endpoints.test.ts',
  'src/third-party.test.ts',
  'src/cli/cli.test.ts',
  'src/readme.test.ts',
]

export default defineConfig({
  test: {
    env: { TZ: 'UTC', LC_ALL: 'C', NO_COLOR: '1', COLUMNS: '100' },
    testTimeout: 30_000,
    // the default leaves a core of two unused
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'unit', isolate: false, pool: 'threads', include: ['src/**/*.test.ts'], exclude: slow } },
      { extends: true, test: { name: 'runs', include: slow, testTimeout: 180_000, globalSetup: 'src/testing/build-once.ts' } },
    ],
  },
})
