import { beforeAll, inject } from 'vitest'

interface Mutation {
  readonly mutantCoverage?: { readonly perTest: Record<string, unknown> }
}

/**
 * Under mutation, test files share their modules, and with them the record of which test reaches which mutant. It is handed over at the
 * end of each file; kept any longer, every file would hand over that of all files before it, until memory runs out.
 */
beforeAll(() => {
  const name = inject('globalNamespace' as never) as string | undefined
  const own = name === undefined ? undefined : (globalThis as unknown as Record<string, Mutation | undefined>)[name]
  const tests = own?.mutantCoverage?.perTest ?? {}
  for (const test of Object.keys(tests)) delete tests[test]
})
