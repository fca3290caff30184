import { suggest } from '../suite/suggest.ts'
import { isCredentialName } from '../target/target.ts'
import type { Hints, Models } from './evidence.ts'
import { isMissingModel, saysWrongKey, wantsResponses } from './refusals.ts'
import type { Variation } from './request.ts'
import type { Effective } from './resolve.ts'
import type { Problem } from './rule.ts'
import { type Answer, credentialHeaders, isSuccess, type Sender } from './send.ts'
import { isObject } from './world.ts'

const short = { short: true, maxTokens: 64 } as const satisfies Variation

const listOf = ({ root = '' }: Effective): string => `${root}/models`

/** Asks for the list of models: the ids that would be right, and what the list tells of them. */
export const askModels = async (sender: Sender, effective: Effective): Promise<Models> => {
  const { status, json } = await sender.get(listOf(effective))
  const data = isObject(json) && Array.isArray(json.data) ? json.data : []
  return { status, ids: data.flatMap((entry: unknown) => (isObject(entry) && typeof entry.id === 'string' ? [entry.id] : [])), list: json }
}

/** Whether an answer comes from an API at all, and not from whatever else listens there. */
const isUnderstood = ({ status, json }: Answer): boolean => ![0, 404, 405].includes(status) && isObject(json) && status < 500

/** A stream or an object; a page of HTML with 200 is no answer. */
const isServed = (answer: Answer): boolean =>
  isSuccess(answer) &&
  (isObject(answer.json) ? !('error' in answer.json) : /^(\uFEFF|:[^\n]*\n|\s|event:|id:|retry:[^\n]*\n)*(data|event):/.test(answer.text))

/** Base URLs that are often meant by the one that is written, the likeliest first. */
export const neighbours = (baseUrl: string): readonly string[] => {
  if (!URL.canParse(baseUrl)) return []
  const { origin, pathname } = new URL(baseUrl)
  const path = pathname.replace(/\/+$/, '')
  const bare = path.replace(/\/(chat\/completions|completions|responses|messages|embeddings|models)$/, '')
  const paths = [
    bare,
    bare.replace(/\/{2,}/g, '/'),
    `${bare}/v1`,
    bare.replace(/(\/v1)+$/, '/v1'),
    bare.replace(/\/v1$/, ''),
    '/v1',
    '/api/v1',
    '/openai/v1',
  ]
  return [...new Set(paths.map((each) => origin + each))].filter((each) => each !== baseUrl && each !== baseUrl.replace(/\/$/, ''))
}

/** Requests with which a failure can be told apart from others; each is small, and they end with the first that tells something. */
export const followUp = async (
  sender: Sender,
  effective: Effective,
  first: Answer,
  models: Models | undefined,
  problems: readonly Problem[],
): Promise<Hints> => {
  if (isSuccess(first) && isServed(first)) return {}
  const { status } = first
  if (status === 401 || status === 403)
    return { ...(await otherKey(sender, effective)), ...((await keyLists(sender, effective, first, models)) ? { keyLists: true } : {}) }
  const isModel = isMissingModel(first)
  if (isModel) {
    const model = await otherModel(sender, effective, models, problems)
    return { ...(model ? { model } : {}), ...(model?.served || status !== 404 ? {} : await otherPlace(sender, effective)) }
  }
  if (wantsResponses(first)) return await otherProtocol(sender, effective)
  if (status === 0)
    return /timeout|in time/i.test(`${first.failure?.code} ${first.failure?.message}`) ? {} : await otherScheme(sender, effective)
  if ([404, 405, 301, 302, 303, 307, 308].includes(status) || (isSuccess(first) && !isServed(first))) {
    const place = await otherPlace(sender, effective)
    return { ...place, ...(place.baseUrl?.served ? {} : await otherProtocol(sender, effective)) }
  }
  if ([400, 413, 415, 422, 500, 501].includes(status)) return await smallerRequest(sender)
  return {}
}

/** A list that anybody may read says nothing of the key. */
const keyLists = async (sender: Sender, effective: Effective, first: Answer, models: Models | undefined): Promise<boolean> => {
  if (models?.status !== 200 || saysWrongKey(first)) return false
  const bare = credentialHeaders({ ...effective, key: undefined }).filter(([name]) => !isCredentialName(name))
  const { status } = await sender.get(listOf(effective), bare)
  return status === 401 || status === 403
}

const otherKey = async (sender: Sender, effective: Effective): Promise<Hints> => {
  const { key, headers } = effective
  if (key && effective.package.keyIn !== undefined) {
    const answer = await sender.post({ change: short, credentials: [['authorization', `Bearer ${key.value.trim()}`]] })
    return isSuccess(answer) ? { key: 'as-bearer' } : {}
  }
  const held = headers.find(({ name }) => name.toLowerCase() === 'authorization')?.value ?? (key ? `Bearer ${key.value}` : undefined)
  if (held === undefined) return {}
  const bare = held
    .trim()
    .replace(/^(bearer\s+)+/i, '')
    .replace(/\s+/g, '')
  const better = `Bearer ${bare}`
  if (better === held || bare === '') return {}
  const rest = headers.filter(({ name }) => name.toLowerCase() !== 'authorization').map(({ name, value }) => [name, value] as const)
  const answer = await sender.post({ change: short, credentials: [['authorization', better], ...rest] })
  return isSuccess(answer) ? { key: /^bearer\s/i.test(held) ? 'trimmed' : 'with-scheme' } : {}
}

/** The same address with the other scheme, without the key: what is not encrypted must not carry it. */
const otherScheme = async (sender: Sender, { baseUrl, api, urlOf }: Effective): Promise<Hints> => {
  const value = (baseUrl?.value ?? '').replace(/\/$/, '')
  const other = value.startsWith('https:') ? value.replace('https:', 'http:') : value.replace('http:', 'https:')
  const answer = await sender.post({ change: short, url: urlOf(other, api), credentials: [] })
  return answer.status === 0 ? {} : { baseUrl: { value: other, served: isServed(answer) } }
}

const otherPlace = async (sender: Sender, { baseUrl, api, urlOf }: Effective): Promise<Hints> => {
  let understood: string | undefined
  for (const candidate of neighbours(baseUrl?.value ?? '')) {
    const answer = await sender.post({ change: short, url: urlOf(candidate, api) })
    if (isServed(answer)) return { baseUrl: { value: candidate, served: true } }
    if (isUnderstood(answer)) understood ??= candidate
  }
  return understood === undefined ? {} : { baseUrl: { value: understood, served: false } }
}

const otherProtocol = async (sender: Sender, { baseUrl, api, urlOf }: Effective): Promise<Hints> => {
  const others = (['chat', 'responses', 'messages'] as const).filter((each) => each !== api)
  let understood: Hints['otherApi']
  for (const other of others) {
    const answer = await sender.post({ change: short, api: other, url: urlOf(baseUrl?.value ?? '', other) })
    if (isServed(answer)) return { otherApi: { api: other, served: true, answer } }
    if (isUnderstood(answer) && answer.status < 500) understood ??= { api: other, served: false, answer }
  }
  return understood ? { otherApi: understood } : {}
}

/** Ids that may be meant: what the configuration calls `name`, the same word in another case, one with a suffix, one that is near. */
export const likelyIds = (wanted: string, name: string | undefined, known: readonly string[]): readonly string[] => {
  const low = wanted.toLowerCase()
  const near = /"(.*)"/.exec(suggest(wanted, known))?.[1]
  const found = [
    ...(name === undefined || name === wanted ? [] : known.length === 0 || known.includes(name) ? [name] : []),
    ...known.filter((id) => id.toLowerCase() === low),
    ...known.filter((id) => id.toLowerCase().startsWith(low) || id.toLowerCase().endsWith(`/${low}`)),
    ...known.filter((id) => low.endsWith(`/${id.toLowerCase()}`) || low.startsWith(id.toLowerCase())),
    ...(near === undefined ? [] : [near]),
  ]
  return [...new Set(found)].filter((id) => id !== wanted)
}

const otherModel = async (
  sender: Sender,
  { wireId, model, provider }: Effective,
  models: Models | undefined,
  problems: readonly Problem[],
): Promise<Hints['model']> => {
  const named = problems.find((problem) => problem.rule === 'CF-32' && problem.provider === provider && problem.model === model)?.fix
  const name = named?.kind === 'config' ? JSON.stringify(named.patch).match(/"id":"([^"]*)"/)?.[1] : undefined
  const [likely, second] = likelyIds(wireId.value, name, models?.ids ?? [])
  for (const id of [likely, second]) {
    if (id === undefined) continue
    if (isSuccess(await sender.post({ change: { ...short, model: id } }))) return { id, served: true }
  }
  return likely === undefined ? undefined : { id: likely, served: false }
}

const smallerRequest = async (sender: Sender): Promise<Hints> => {
  const changes = [
    ['without-usage', { usage: false }],
    ['less-output', { maxTokens: 1024 }],
    ['without-tools', { tools: false }],
    ['short', short],
    ['not-streamed', { ...short, stream: false }],
  ] as const
  for (const [name, change] of changes) {
    const answer = await sender.post({ change })
    if (isSuccess(answer)) return { change: { name, answer } }
  }
  return {}
}
