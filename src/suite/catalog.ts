import type { Capability, Catalog, EndpointShape, ObservationRule, Profile } from '../types.ts'
import { parseYaml } from './source-map.ts'
import { SuiteError } from './suite-error.ts'

/** The texts of the catalog files. */
export interface CatalogTexts {
  readonly capabilities: string
  readonly profiles: string
  readonly endpoints: string
  readonly observations: string
}

/** Reads the catalog and checks that profiles name capabilities that exist. @throws SuiteError */
export const loadCatalog = ({ capabilities, profiles, endpoints, observations }: CatalogTexts): Catalog => {
  const parsed = parseYaml(profiles, 'suites/catalog/profiles.yaml')
  const document = parsed.value as { edition: string; profiles: readonly Profile[] }
  const rows = (parseYaml(capabilities, 'suites/catalog/capabilities.yaml').value as { capabilities: readonly Capability[] }).capabilities
  const shapes = (parseYaml(endpoints, 'suites/catalog/endpoints.yaml').value as { endpoints: readonly EndpointShape[] }).endpoints
  const questions = (parseYaml(observations, 'suites/catalog/observations.yaml').value as { observations: readonly ObservationRule[] })
    .observations
  const known = new Set(rows.map(({ id }) => id))
  const problems = document.profiles.flatMap(({ core, extended }, index) =>
    [...core, ...extended]
      .filter((id) => !known.has(id))
      .map((id) => ({
        file: 'suites/catalog/profiles.yaml',
        ...parsed.place(`/profiles/${index}`),
        message: `unknown capability "${id}"`,
      })),
  )
  if (problems.length > 0) throw new SuiteError(problems)
  return { edition: document.edition, capabilities: rows, profiles: document.profiles, endpoints: shapes, observations: questions }
}
