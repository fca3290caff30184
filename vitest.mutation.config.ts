import { dirname } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Shows a mutant only to the tests beside its file, where there are any, else to all that reach it. That is stricter than asking the whole
 * suite, and a hundred times faster for a module that every check uses. Vitest asks for a class here.
 */
class Nearest extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const [mutated, ...others] = this.ctx.config.related ?? []
    // the first run, which has no mutant, is related to every file
    if (mutated === undefined || others.length > 0) return sorted
    const near = nearTo(mutated)
    return sorted.some(({ moduleId }) => near(moduleId)) ? sorted.filter(({ moduleId }) => near(moduleId)) : sorted
  }
}

/** A check has a test of its own; in the other folders a few tests look at all files together. */
const nearTo = (mutated: string): ((test: string) => boolean) =>
  dirname(mutated).endsWith('/checks')
    ? (test) => test === mutated.replace(/\.ts$/, '.test.ts')
    : (test) => dirname(test) === dirname(mutated)

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
    sequence: { sequencer: Nearest },
    setupFiles: ['src/testing/forget-coverage.ts'],
    include: ['src/{checks,judge,sse}/**/*.test.ts', 'src/transcript/fold/**/*.test.ts', 'src/testing/responses-bends.test.ts'],
  },
})
