import { baseUrl, provider, say } from './answer-fixes.ts'
import { type Asked, type CauseRule, vendorFix } from './cause.ts'
import { compatible, openai, pathOf } from './packages.ts'
import { isMissingScope, isOutOfFunds, isPage } from './refusals.ts'
import { keyVariable } from './rule.ts'
import { headerOf, saidBy } from './send.ts'

const failed = ({ first }: Asked, codes: RegExp): boolean =>
  first.status === 0 && codes.test(`${first.failure?.code} ${first.failure?.message}`)

const connects =
  '"Cannot connect to API: Unable to connect. Is the computer able to access the url?", after five retries in about 70 seconds'

/** No answer at all, or one from somewhere else; then everything about the key. */
export const networkRules: readonly CauseRule[] = [
  {
    id: 'plain-http',
    culprit: 'url',
    when: (known) =>
      failed(known, /SSL|TLS|EPROTO|WRONG_VERSION|PACKET_LENGTH|ECONNRESET|other side closed/i) && known.hints.baseUrl !== undefined,
    title: ({ effective }) => `the port of ${effective.baseUrl?.value} speaks plain http, not https`,
    sees: connects,
    fixes: (known) => [baseUrl(known, known.hints.baseUrl?.value ?? '')],
  },
  {
    id: 'certificate',
    culprit: 'network',
    when: (known) => failed(known, /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/i),
    title: 'the certificate of the endpoint is not trusted',
    sees: connects,
    fixes: () => [
      say(
        'give the certificate of your authority to OpenCode in NODE_EXTRA_CA_CERTS=/path/to/ca.pem, or let the endpoint use one that is trusted',
      ),
    ],
  },
  {
    id: 'unknown-host',
    culprit: 'url',
    when: (known) => failed(known, /ENOTFOUND|EAI_AGAIN|getaddrinfo/i),
    title: ({ effective }) => `the host of ${effective.baseUrl?.value} does not exist, or cannot be resolved here`,
    sees: '"Cannot connect to API: … Was there a typo in the url or port?", after five retries in about 70 seconds',
    fixes: ({ effective }) => [say(`correct the host in options.baseURL (${effective.baseUrl?.from})`)],
    rules: ['CF-22', 'CF-16'],
  },
  {
    id: 'no-headers',
    culprit: 'endpoint',
    when: (known) => failed(known, /timeout|in time/i),
    title: 'the endpoint takes the request and does not answer: no worker is there, or the model is still being loaded',
    sees: '"Provider response headers timed out after 300000ms", then the same request again, five times',
    fixes: (known) => [
      say('look at the state of the endpoint: is a worker or an agent running and registered, is the model loaded?'),
      vendorFix(known, 'The endpoint accepts POST requests and sends no headers.'),
    ],
  },
  {
    id: 'host-down',
    culprit: 'url',
    when: ({ first }) => first.status === 0,
    title: ({ effective }) => `nothing answers at ${effective.baseUrl?.value}`,
    sees: connects,
    fixes: (known) => [
      ...(known.hints.baseUrl ? [baseUrl(known, known.hints.baseUrl.value)] : []),
      say('start the endpoint, or correct host and port in options.baseURL'),
    ],
    rules: ['CF-22', 'CF-16'],
  },
  {
    id: 'redirected',
    culprit: 'url',
    when: ({ first }) => first.status >= 300 && first.status < 400,
    title: ({ first }) => `the endpoint redirects to ${headerOf(first, 'location') ?? 'another address'}`,
    sees: 'a 404, or the same request again and again: behind a 301 or 302 the request arrives as GET without a body',
    fixes: (known) => {
      const to = redirectedBase(known)
      return to === undefined ? [say('put the address behind the redirection into options.baseURL')] : [baseUrl(known, to)]
    },
  },
  {
    id: 'funds',
    culprit: 'key',
    when: ({ first }) => isOutOfFunds(first),
    title: 'the account has no balance left, or its quota is used up',
    sees: ({ first }) => (first.status === 429 ? `five retries in about 70 seconds, then "${saidBy(first)}"` : `"${saidBy(first)}"`),
    fixes: () => [say('top up the account or raise its quota at the provider; the configuration is not at fault')],
  },
  {
    id: 'key-missing',
    culprit: 'key',
    when: ({ first, effective }) =>
      first.status === 401 &&
      effective.key === undefined &&
      effective.headers.every(({ name }) => !/^(authorization|x-api-key|api-key)$/i.test(name)),
    title: 'no key is sent',
    sees: ({ first }) => `"${saidBy(first)}"`,
    fixes: (known) => [
      provider(
        known,
        { options: { apiKey: `{env:${keyVariable(known.effective.provider)}}` } },
        `and export ${keyVariable(known.effective.provider)}`,
      ),
    ],
    rules: ['CF-08', 'CF-29', 'CF-10', 'CF-27'],
  },
  {
    id: 'key-refused',
    culprit: 'key',
    when: ({ first }) => first.status === 401 || (first.status === 403 && !isPage(first)),
    title: ({ first, hints, effective }) =>
      hints.key === 'trimmed'
        ? 'the key is refused as it is sent, and accepted without the white space'
        : hints.key === 'with-scheme'
          ? 'the key is refused as it is sent, and accepted with "Bearer" before it'
          : hints.key === 'as-bearer'
            ? `the key is refused in ${effective.package.keyIn}, where ${effective.npm.value} sends it, and accepted as bearer`
            : hints.keyLists || isMissingScope(first)
              ? 'the key is known, but may not generate: it lacks a scope or a permission'
              : 'the endpoint does not accept the key',
    sees: ({ first }) => `"${saidBy(first)}", at once`,
    fixes: ({ first, effective, hints }) => [
      say(
        hints.key === 'as-bearer'
          ? `take a package that sends it so: ${effective.api === 'responses' ? openai : compatible} in place of ${effective.npm.value}`
          : hints.keyLists || isMissingScope(first)
            ? 'give the key the scope for inference at your provider, or create a new one with it'
            : `compare the key from ${effective.key?.from ?? 'options.headers'} with the one that the endpoint itself gave out: behind a gateway the gateway's own key is wanted, not that of the provider upstream; it may also be deleted, disabled or expired`,
      ),
    ],
    rules: ['CF-24', 'CF-25', 'CF-23', 'CF-27', 'CF-08', 'CF-26'],
  },
  {
    id: 'blocked-page',
    culprit: 'gateway',
    when: ({ first }) => first.status === 403,
    title: 'a gateway or a firewall in front of the endpoint blocks the request',
    sees: '"Forbidden: request was blocked by a gateway or proxy …"',
    fixes: (known) => [vendorFix(known, 'A proxy in front of the endpoint answers API requests with a page.')],
  },
]

const redirectedBase = ({ effective, first }: Asked): string | undefined => {
  const location = headerOf(first, 'location')
  if (location === undefined || !URL.canParse(location, effective.url)) return undefined
  const { origin, pathname } = new URL(location, effective.url)
  const path = pathOf[effective.api]
  return pathname.endsWith(path) ? origin + pathname.slice(0, -path.length) : undefined
}
