import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    env: { TZ: 'UTC', LC_ALL: 'C', NO_COLOR: '1', COLUMNS: '100' },
    isolate: false,
    pool: 'threads',
    include: ['src/{checks,judge,sse}/**/*.test.ts', 'src/transcript/fold/**/*.test.ts'],
  },
})
