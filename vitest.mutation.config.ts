import { defineConfig } from 'vitest/config'

/**
 * The unit tests that mutants are shown to: those beside the mutated folders, and those of whole families of checks.
 * Files stay isolated: without that, the coverage of each file would hold that of all files before it, and memory runs out.
 */
export default defineConfig({
  test: {
    env: { TZ: 'UTC', LC_ALL: 'C', NO_COLOR: '1', COLUMNS: '100' },
    testTimeout: 30_000,
    pool: 'threads',
    include: ['src/{checks,judge,sse}/**/*.test.ts', 'src/transcript/fold/**/*.test.ts', 'src/testing/responses-bends.test.ts'],
  },
})
