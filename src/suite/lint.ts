import { createAjv } from '../schema/compile.ts'
import type { AnyCheck, Catalog, Requirement } from '../types.ts'
import type { LoadedSuite } from './load.ts'
import { schemaProblems } from './load.ts'
import { suggest } from './suggest.ts'
import type { Problem } from './suite-error.ts'

export interface LintContext {
  readonly checks: ReadonlyMap<string, AnyCheck>
  readonly catalog: Catalog
  /** Requirements of other suites, which probes may expect too. */
  readonly known: ReadonlyMap<string, Requirement>
}

/** What the schema of a suite cannot say: that names exist, arguments fit, and nothing is owed without being seen. */
export const lintSuites = (loaded: readonly LoadedSuite[], { checks, catalog, known }: LintContext): readonly Problem[] => {
  const problems: Problem[] = []
  const requirements = new Map<string, Requirement | undefined>(known)
  const capabilities = new Set(catalog.capabilities.map(({ id }) => id))
  const suites = new Set<string>()

  for (const { document, suite, place } of loaded) {
    if (suites.has(suite.id)) problems.push({ file: suite.file, ...place('/suite'), message: `suite "${suite.id}" exists already` })
    suites.add(suite.id)
    for (const requirement of suite.requirements) {
      const pointer = `/requirements/${requirement.id}`
      const say = (at: string, message: string, key = false) =>
        problems.push({ file: suite.file, ...place(`${pointer}${at}`, key), message })
      if (requirements.has(requirement.id)) say('', `requirement "${requirement.id}" exists already`, true)
      requirements.set(requirement.id, requirement)
      if (requirement.capability !== undefined && !capabilities.has(requirement.capability)) {
        say('/capability', `unknown capability "${requirement.capability}"${suggest(requirement.capability, capabilities)}`)
      }
      problems.push(...lintCheck(requirement, checks, suite.file, (at) => place(`${pointer}/check${at}`, at !== '')))
    }
    for (const [name, probe] of Object.entries(document.probes ?? {})) {
      const pointer = `/probes/${name}`
      const say = (at: string, message: string) => problems.push({ file: suite.file, ...place(`${pointer}${at}`), message })
      if ((probe.request === undefined) === (probe.steps === undefined)) say('', 'a probe has either "request" or "steps"')
      if (probe.parallel !== undefined && (probe.baseline || probe.connection))
        say('/parallel', 'a baseline, or a probe of one connection, is not sent several times at once')
      if (!capabilities.has(probe.capability))
        say('/capability', `unknown capability "${probe.capability}"${suggest(probe.capability, capabilities)}`)
      problems.push(...lintRequests(probe, suite.file, (at) => place(`${pointer}${at}`)))
      problems.push(...lintCaptures(probe, suite.file, (at) => place(`${pointer}${at}`)))
    }
  }
  for (const { document, suite, place } of loaded) {
    for (const [name, probe] of Object.entries(document.probes ?? {})) {
      const lists: [string, readonly string[]][] = [
        ['/expect', probe.expect ?? []],
        ...(probe.steps ?? []).map((step, index): [string, readonly string[]] => [`/steps/${index}/expect`, step.expect ?? []]),
      ]
      for (const [at, ids] of lists) {
        for (const [index, id] of ids.entries()) {
          if (requirements.has(id)) continue
          problems.push({
            file: suite.file,
            ...place(`/probes/${name}${at}/${index}`),
            message: `unknown requirement "${id}"${suggest(id, requirements.keys())}`,
          })
        }
      }
      if (lists.every(([, ids]) => ids.length === 0)) {
        problems.push({ file: suite.file, ...place(`/probes/${name}`, true), message: `probe "${name}" expects nothing` })
      }
    }
  }
  return problems
}

const lintCheck = (
  { check }: Requirement,
  checks: ReadonlyMap<string, AnyCheck>,
  file: string,
  place: (at: string) => { line: number; column: number },
): Problem[] => {
  const known = checks.get(check.id)
  if (!known)
    return [
      {
        file,
        ...place(check.args === undefined ? '' : `/${check.id}`),
        message: `unknown check "${check.id}"${suggest(check.id, checks.keys())}`,
      },
    ]
  if (known.args === undefined) {
    return check.args === undefined || check.args === null
      ? []
      : [{ file, ...place(`/${check.id}`), message: `check "${check.id}" takes no argument` }]
  }
  const validate = createAjv({ verbose: true }).compile(known.args)
  if (validate(check.args ?? {})) return []
  return schemaProblems(validate.errors ?? [], file, (at) => place(`/${check.id}${at}`), 'the argument').map((problem) => ({
    ...problem,
    message: `check "${check.id}": ${problem.message}`,
  }))
}

const ownHeaders = /^(host|content-length|transfer-encoding|connection|expect|upgrade|keep-alive|te|trailer)$/i

/** What would leave the target: another path above the base URL, another host, or a message of another length. */
const lintRequests = (
  probe: NonNullable<LoadedSuite['document']['probes']>[string],
  file: string,
  place: (at: string) => { line: number; column: number },
): Problem[] =>
  (probe.steps ?? (probe.request ? [{ request: probe.request }] : [])).flatMap(({ request }, index) => {
    const at = probe.steps ? `/steps/${index}/request` : '/request'
    const say = (where: string, message: string): Problem => ({ file, ...place(`${at}${where}`), message })
    return [
      ...(/\/(\.|%2e){1,2}(\/|$)|\\|\/\//i.test(request.endpoint)
        ? [say('/endpoint', 'an endpoint stays below the base URL: no "..", "//" or backslash')]
        : []),
      ...Object.keys(request.headers ?? {})
        .filter((name) => ownHeaders.test(name))
        .map((name) => say(`/headers/${name}`, `the header "${name}" is set by the connection`)),
      ...lintGenerators(request.body).map((message) => say('/body', message)),
    ]
  })

const mostBytes = 64 * 1024 * 1024

const isCount = (value: unknown, most: number): boolean => Number.isInteger(value) && (value as number) > 0 && (value as number) <= most

/** Generators whose argument cannot be meant. */
const lintGenerators = (value: unknown, seen = new Set<object>()): string[] => {
  if (typeof value !== 'object' || value === null || seen.has(value)) return []
  seen.add(value)
  const { $repeat, $nonce, $cap } = value as { $repeat?: Readonly<Record<string, unknown>>; $nonce?: unknown; $cap?: unknown }
  const isSized =
    $repeat?.windows === undefined ? isCount($repeat?.bytes, mostBytes) : isCount($repeat.windows, 4) && $repeat.bytes === undefined
  return [
    ...($repeat !== undefined && !(typeof $repeat?.text === 'string' && $repeat.text !== '' && isSized)
      ? ['$repeat takes { text, bytes }, with at most 64 MiB, or { text, windows }, with at most 4 context windows']
      : []),
    ...($nonce !== undefined && !isCount($nonce, 1024) ? ['$nonce takes a number of letters, at most 1024'] : []),
    ...($cap !== undefined && !isCount($cap, 1_000_000_000) ? ['$cap takes a number of tokens'] : []),
    ...Object.values(value).flatMap((child) => lintGenerators(child, seen)),
  ]
}

/** A name that is used before an earlier step captured it would never be filled. */
const lintCaptures = (
  probe: NonNullable<LoadedSuite['document']['probes']>[string],
  file: string,
  place: (at: string) => { line: number; column: number },
): Problem[] => {
  const names = new Set(['model.chat', 'model.chat-encoded', 'model.embeddings', 'model.chat-only', 'prompt.blocked', 'nonce'])
  return (probe.steps ?? (probe.request ? [{ request: probe.request, capture: {} }] : [])).flatMap((step, index) => {
    const at = probe.steps ? `/steps/${index}/request` : '/request'
    const used = [...new Set(namesIn(step.request))]
    const problems = used
      .filter((name) => !names.has(name))
      .map((name) => ({ file, ...place(at), message: `"${name}" is not captured by an earlier step${suggest(name, names)}` }))
    for (const name of Object.keys(step.capture ?? {})) names.add(name)
    return problems
  })
}

const namesIn = (value: unknown, seen = new Set<object>()): string[] => {
  if (typeof value === 'string') return [...value.matchAll(/\{\{\s*([A-Za-z][\w.-]*)\s*\}\}/g)].map(([, name]) => name as string)
  // aliases share what they stand for, so once is enough
  if (typeof value !== 'object' || value === null || seen.has(value)) return []
  seen.add(value)
  const { $use, $splice, $results } = value as { $use?: unknown; $splice?: unknown; $results?: { of?: unknown; content?: unknown } }
  if (typeof $use === 'string') return [$use]
  if (typeof $splice === 'string') return [$splice]
  if (typeof $results?.of === 'string') return [$results.of, ...namesIn($results.content, seen)]
  return Object.values(value).flatMap((child) => namesIn(child, seen))
}
