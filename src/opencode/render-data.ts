import { isAbsolute, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { version } from '../version.ts'
import { describeEffective } from './describe.ts'
import type { Diagnosis } from './diagnose.ts'
import type { Problem, Rule } from './rule.ts'
import type { World } from './world.ts'

/** The diagnosis as data; secrets are described, not shown. */
export const diagnosisJson = ({ effective, causes, problems, settings, notes, asked, tested, requests, secrets }: Diagnosis): string =>
  `${JSON.stringify(
    {
      format: 1,
      tool: { name: 'wirecheck', version },
      client: 'opencode-1.18',
      ...(effective ? { provider: effective.provider, model: effective.model, effective: describeEffective(effective, secrets) } : {}),
      sources: settings.sources.map(({ file, level, value }) => ({ file, level, usable: value !== undefined })),
      causes,
      problems,
      notes,
      asked,
      tested,
      requests,
    },
    null,
    2,
  )}\n`

const location = ({ at }: Problem, { cwd }: Pick<World, 'cwd'>) => {
  if (!isAbsolute(at.file)) return { logicalLocations: [{ name: at.file, kind: 'member' }] }
  const inside = relative(cwd, at.file)
  const uri = inside.startsWith('..') || isAbsolute(inside) ? pathToFileURL(at.file).href : encodeURI(inside.replaceAll('\\', '/'))
  const region = at.line === 0 ? {} : { region: { startLine: at.line, startColumn: at.column } }
  return { physicalLocation: { artifactLocation: { uri }, ...region } }
}

const fixText = ({ fix }: Problem): string => {
  if (!fix) return ''
  if (fix.kind === 'config') return ` Merge into ${fix.file}: ${JSON.stringify(fix.patch)}${fix.note === undefined ? '' : ` (${fix.note})`}`
  return fix.kind === 'command' ? ` Run: ${fix.line}` : fix.kind === 'flag' ? ` Start ${fix.server} with ${fix.flag}` : ` ${fix.text}`
}

/** The mistakes of the configuration as SARIF 2.1.0, for editors and code hosts. */
export const diagnosisSarif = ({ problems }: Diagnosis, rules: readonly Rule[], world: Pick<World, 'cwd'>): string =>
  `${JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'wirecheck',
              version,
              rules: rules.map(({ id, title, does, level }) => ({
                id,
                shortDescription: { text: title },
                fullDescription: { text: does },
                defaultConfiguration: { level },
              })),
            },
          },
          columnKind: 'utf16CodeUnits',
          results: problems.map((problem) => ({
            ruleId: problem.rule,
            ruleIndex: rules.findIndex(({ id }) => id === problem.rule),
            level: problem.level,
            message: { text: `${problem.message}. ${problem.does}${fixText(problem)}` },
            locations: [location(problem, world)],
          })),
        },
      ],
    },
    null,
    2,
  )}\n`
