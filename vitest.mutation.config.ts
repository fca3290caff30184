import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Shows a mutant to the tests beside its file first: most end there, and a run ends with the first failure. Vitest asks for a class. */
class NearestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const near = this.ctx.config.related?.map((file) => file.replace(/\.ts$/, '.test.ts')) ?? []
    const sorted = await super.sort(files)
    return sorted.sort((one, other) => Number(near.includes(other.moduleId)) - Number(near.includes(one.moduleId)))
  }
}

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
    sequence: { sequencer: NearestFirst },
    setupFiles: ['src/testing/forget-coverage.ts'],
    include: ['src/{checks,judge,sse}/**/*.test.ts', 'src/transcript/fold/**/*.test.ts', 'src/testing/responses-bends.test.ts'],
  },
})
