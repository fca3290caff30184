import { type Credential, credentials, credentialsOrUrls, isAuthorization } from './credentials.ts'
import { patchAt } from './merge.ts'
import { configFix, type Found, keyVariable, type Rule } from './rule.ts'

const inEnvironment = ({ provider, variable, token }: Credential): string => token ?? `{env:${variable ?? keyVariable(provider)}}`

const again = ({ provider }: Credential): Found['fix'] => ({
  kind: 'command',
  line: `opencode auth login   # and paste the key of ${provider} without anything around it`,
})

const each =
  (make: (credential: Credential) => Found | undefined): Rule['find'] =>
  ({ settings, providers }) =>
    credentials(settings, providers).flatMap((credential) => make(credential) ?? [])

/** What guides write in place of a key. */
export const placeholder =
  /^(bearer\s+)?(sk-x{4,}|x{6,}|sk-\.\.\.|your[-_ ].*|<.*>|.*(api[-_ ]?key|token)[-_ ]?here.*|paste.*|changeme|xero_my-project_abc123|your-ccx-proxy-key)$/i

/** What is wrong with a credential itself. */
export const keyRules: readonly Rule[] = [
  {
    id: 'CF-08',
    level: 'error',
    title: 'a variable is not set',
    does: 'OpenCode puts in nothing. A key that is empty is not sent at all, and the 401 of the endpoint is shown.',
    find: ({ settings, providers }) =>
      settings.sources.flatMap((source) =>
        source.substitutions
          .filter(({ kind, missing }) => kind === 'env' && missing !== undefined)
          .flatMap((one): readonly Found[] => {
            const owner = providers.find(({ path }) => source.within(path).includes(one))
            // a value that another file overrides, or that stands in a comment, harms nobody
            if (owner && !credentialsOrUrls(settings, owner).some((path) => settings.origin(path)?.within(path).includes(one))) return []
            if (!owner) return []
            return [
              {
                at: source.placeOf(one.from),
                message: `${one.name} is ${one.missing} in this environment`,
                provider: owner.id,
                fix: { kind: 'command', line: `export ${one.name}=…` },
              },
            ]
          }),
      ),
  },
  {
    id: 'CF-23',
    level: 'error',
    title: 'the key has white space around or inside it',
    does: 'What stands in front of the key or inside it is sent, and the endpoint answers 401; what stands behind it is dropped by some runtimes only.',
    find: each((credential) => {
      const bare =
        credential.what === 'header' ? credential.value.replace(/^(bearer|basic) (?=\S)/i, '') : credential.value.replace(/^bearer\s+/i, '')
      if (bare === '' || !/\s/.test(bare)) return undefined
      const end = bare.trimEnd() === bare ? (bare.trimStart() === bare ? 'inside' : 'in front of') : 'behind'
      const message = `there is white space ${end} the key`
      const { place: where, provider, variable, what, path } = credential
      const from = variable === undefined ? '' : `, in the value of ${variable}`
      if (what === 'auth') return { at: where, message: `${message} of ${provider}`, provider, fix: again(credential) }
      const fix: Found['fix'] =
        variable !== undefined
          ? { kind: 'command', line: `export ${variable}="$(printf %s "$${variable}" | tr -d '[:space:]')"` }
          : configFix(
              where,
              patchAt(path, `${what === 'header' ? 'Bearer ' : ''}{env:${keyVariable(provider)}}`),
              `and export ${keyVariable(provider)} with the key alone`,
            )
      return { at: where, message: `${message}${from}`, provider, fix }
    }),
  },
  {
    id: 'CF-24',
    level: 'error',
    title: 'the Authorization header has no scheme',
    does: 'OpenCode sends the header as it is; endpoints want "Bearer" before the key and answer 401.',
    find: each((credential) => {
      const name = credential.path.at(-1) ?? ''
      const value = credential.value.trim()
      if (credential.what !== 'header' || !isAuthorization(name) || value === '' || /^[a-z]+\s+\S/i.test(value)) return undefined
      const scheme = /^(bearer|basic)$/i.test(value)
      const message = scheme ? 'the Authorization header has a scheme, but no key' : 'the Authorization header lacks the scheme "Bearer"'
      if (scheme) return { at: credential.place, message, provider: credential.provider }
      return {
        at: credential.place,
        message,
        provider: credential.provider,
        fix: configFix(credential.place, patchAt(credential.path, `Bearer ${inEnvironment(credential)}`)),
      }
    }),
  },
  {
    id: 'CF-25',
    level: 'error',
    title: 'the key starts with a scheme',
    does: 'OpenCode adds "Bearer" itself, so that it is sent twice.',
    find: each((credential) => {
      const { what, value, place, path, provider, variable } = credential
      if (what === 'header' || !/^(bearer|basic)\s/i.test(value)) return undefined
      const fix: Found['fix'] =
        what === 'auth'
          ? again(credential)
          : variable === undefined
            ? configFix(place, patchAt(path, `{env:${keyVariable(provider)}}`), `and export ${keyVariable(provider)} with the key alone`)
            : { kind: 'command', line: `export ${variable}="\${${variable}#* }"` }
      return { at: place, message: 'the key must not start with "Bearer"', provider, fix }
    }),
  },
  {
    id: 'CF-27',
    level: 'error',
    title: 'the key is a placeholder',
    does: 'OpenCode sends it, and the 401 of the endpoint is shown.',
    find: each(({ value, place, provider, path, what }) =>
      placeholder.test(value.trim())
        ? {
            at: place,
            message: 'the key is the placeholder of a guide',
            provider,
            ...(what === 'auth'
              ? {}
              : { fix: configFix(place, patchAt(path, `${what === 'header' ? 'Bearer ' : ''}{env:${keyVariable(provider)}}`)) }),
          }
        : undefined,
    ),
  },
]
