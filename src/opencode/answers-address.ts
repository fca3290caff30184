import { baseUrl, keyNote, model, provider, say } from './answer-fixes.ts'
import type { CauseRule } from './cause.ts'
import { openai, pathOf } from './packages.ts'
import { isMissingModel, isPage, wantsResponses } from './refusals.ts'
import { isSuccess, saidBy } from './send.ts'

/** The endpoint is there, and what was asked for is not: protocol, model, path. */
export const addressRules: readonly CauseRule[] = [
  {
    id: 'responses-only',
    culprit: 'configuration',
    when: ({ first, effective }) => wantsResponses(first) && effective.api === 'chat',
    title: ({ effective }) => `${effective.wireId.value} answers on the Responses API only, and OpenCode asks Chat Completions`,
    sees: ({ first }) => `"${saidBy(first).replace(/^HTTP \d+: /, '')}"`,
    fixes: (known) => {
      const hasOld = known.problems.some(({ rule, model: key }) => rule === 'CF-31' && key === known.effective.model)
      return [model(known, { ...(hasOld ? { apiCompatibility: null } : {}), provider: { npm: openai } }, keyNote(known))]
    },
    rules: ['CF-31'],
  },
  {
    id: 'model-missing',
    culprit: 'model id',
    when: ({ first }) => isMissingModel(first),
    title: ({ effective, hints, models }) =>
      `the endpoint has no model "${effective.wireId.value}"${hints.model ? `; ${hints.model.served ? 'it serves' : 'it lists'} "${hints.model.id}"` : models && models.ids.length > 0 ? `; it lists ${models.ids.slice(0, 5).join(', ')}` : ''}`,
    sees: ({ first, effective }) =>
      `"${saidBy(first)}"${effective.provider.startsWith('openai') && first.status === 404 ? ', after five retries in about 70 seconds' : ''}`,
    fixes: (known) =>
      known.hints.model
        ? [model(known, { id: known.hints.model.id })]
        : [
            say(
              'take the id exactly as the endpoint lists it, with its case and suffix; behind a gateway look at its list of allowed models and at its mapping of names',
            ),
          ],
    rules: ['CF-41', 'CF-32'],
  },
  {
    id: 'wrong-path',
    culprit: 'url',
    when: ({ first, hints }) => [404, 405].includes(first.status) && hints.baseUrl !== undefined && !(hints.otherApi?.served ?? false),
    title: ({ effective, hints }) => `there is nothing at ${effective.url}; the endpoint answers below ${hints.baseUrl?.value}`,
    sees: ({ first, effective }) =>
      `"${saidBy(first)}"${effective.provider.startsWith('openai') ? ', after five retries in about 70 seconds' : ''}`,
    fixes: (known) => [baseUrl(known, known.hints.baseUrl?.value ?? '')],
    rules: ['CF-17', 'CF-19', 'CF-21', 'CF-18', 'CF-20'],
  },
  {
    id: 'wrong-protocol',
    culprit: 'configuration',
    when: ({ first, hints }) => [404, 405, 501].includes(first.status) && hints.otherApi !== undefined,
    title: ({ effective, hints }) =>
      `the endpoint has no ${pathOf[effective.api]}, but ${pathOf[hints.otherApi?.api ?? 'chat']}; ${effective.npm.value} is the wrong package`,
    sees: ({ first }) => `"${saidBy(first)}"`,
    fixes: (known) => {
      const api = known.hints.otherApi?.api ?? 'chat'
      const npm = api === 'chat' ? '@ai-sdk/openai-compatible' : api === 'responses' ? openai : '@ai-sdk/anthropic'
      // a package on the model wins over that of the provider
      return [
        !known.effective.npmOnModel
          ? provider(known, { npm }, api === 'responses' ? keyNote(known) : undefined)
          : model(known, { provider: { npm } }),
      ]
    },
  },
  {
    id: 'nothing-there',
    culprit: 'url',
    when: ({ first }) => [404, 405].includes(first.status),
    title: ({ effective }) => `there is no such path: ${effective.url}`,
    sees: ({ first }) => `"${saidBy(first)}"`,
    fixes: ({ effective }) => [
      say(
        `compare options.baseURL (${effective.baseUrl?.from}) with what the provider shows: project, endpoint and version are parts of the path, and the endpoint must be switched on`,
      ),
    ],
    rules: ['CF-17', 'CF-22', 'CF-19', 'CF-18', 'CF-20', 'CF-21'],
  },
  {
    id: 'web-page',
    culprit: 'url',
    when: ({ first }) => isSuccess(first) && isPage(first),
    title: 'the base URL leads to a web page, not to an API',
    sees: 'blank replies, and the same request again and again without end',
    fixes: (known) =>
      known.hints.baseUrl
        ? [baseUrl(known, known.hints.baseUrl.value)]
        : [say('put the address of the API into options.baseURL, not that of the web site')],
    rules: ['CF-20', 'CF-21'],
  },
]
