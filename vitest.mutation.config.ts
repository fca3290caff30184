import { defineConfig } from 'vitest/config'

/**
 * The unit tests that mutants are shown to: those beside the mutated folders, and those of whole families of checks.
 * Modules are shared between files, since a mutant of a shared module is shown to hundreds of them.
 */
export default defineConfig({
  test: {
    env: { TZ: 'UTC', LC_ALL: 'C', NO_COLOR: '1', COLUMNS: '100' },
    testTimeout: 30_000,
    isolate: false,
    pool: 'threads',
    setupFiles: ['src/testing/forget-coverage.ts'],
    include: ['src/{checks,judge,sse}/**/*.test.ts', 'src/transcript/fold/**/*.test.ts', 'src/testing/responses-bends.test.ts'],
  },
})
