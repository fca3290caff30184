import { type Target, withoutCredentials } from '../target/target.ts'
import { askModels, idsIn } from './ask-models.ts'
import { CliError, exitCodes } from './exit-code.ts'
import { hintFor, keyHint } from './hint.ts'

const shownModels = 20

/**
 * The model to test when none is named: the only one that the endpoint lists.
 * @throws CliError when there is none, or a choice
 */
export const discoverModel = async (target: Target): Promise<string> => {
  const { json, said, status, isPage } = await askModels(target)
  const url = withoutCredentials(target.baseUrl)
  const hint = async () => hintFor({ ...target, models: { ...target.models, chat: '' } }, said).catch(() => '')
  if (status === undefined) throw new CliError(`${url} cannot be reached: ${said}${await hint()}`, exitCodes.untestable)
  if (isPage) throw new CliError(`${url} is a web page, not an API${await hint()}`, exitCodes.untestable)
  if (status === 401 || status === 403) {
    const why = target.key === undefined ? `it asks for a key, and none was given; ${keyHint}` : 'the key was refused'
    throw new CliError(`GET ${url}/models lists no model (${said}): ${why}`, exitCodes.untestable)
  }
  const ids = idsIn(json) ?? []
  const [only, ...others] = ids
  if (only === undefined) {
    const better = json === undefined ? await hint() : ''
    throw new CliError(
      `GET ${url}/models lists no model (${said}); name one with --model${better}`,
      better === '' ? exitCodes.usage : exitCodes.untestable,
    )
  }
  if (others.length === 0) return only
  throw new CliError(`${url} lists ${ids.length} models; choose one with --model\n  ${ids.slice(0, shownModels).join('\n  ')}`)
}

/** What the endpoint lists, as ids and as it was sent. @throws CliError when it cannot be reached */
export const listModels = async (target: Target): Promise<{ readonly ids: readonly string[]; readonly list: unknown }> => {
  const { json, said, status } = await askModels(target)
  if (status === undefined) throw new CliError(`${withoutCredentials(target.baseUrl)} cannot be reached: ${said}`, exitCodes.untestable)
  return { ids: idsIn(json) ?? [], list: json }
}
