const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean))

/** Members whose values the protocol defines: they are no text of anybody's. */
export const protocolMembers = words(`
  role object type finish_reason native_finish_reason stop_reason status code param encoding_format effort reasoning_effort summary service_tier
  format detail tool_choice truncation verbosity purpose media_type mode phase reason event syntax owned_by
`)

/** Members of a JSON Schema whose values are not text. */
export const schemaMembers = words('type format $ref $schema required')

/** Members below which every value is somebody's own, whatever it is called. */
export const freeMembers = words('arguments metadata enum const default examples logit_bias')

/** Members that come in pieces when an answer is streamed. */
export const pieceMembers = words(
  'content reasoning_content reasoning refusal arguments text thinking partial_json delta transcript token tokens',
)

/** Members that hold JSON, or the beginning of it. */
export const jsonMembers = words('arguments partial_json')

/** Words of error messages by which causes are told apart; names, values and quoted texts are not among them. */
export const errorWords = words(`
  a about above accept accepted access accessible account additional after all allowed alphanumeric already an and any api are argument arguments array as
  at authentication authorization available bad be been before begin below bearer between billing body boolean both but by call called can cannot
  character characters check choice code complete completion completions content context conversation could count credentials current deployment did
  disabled do does done due each either empty enabled endpoint enough equal error exceed exceeded exceeds exception exist exists expected extra
  failed failure field file first float for forbidden format found from function functions given greater had has have header here however id if implemented in
  incorrect index inference inputs input instead integer internal into invalid is isn it item items its json key last length less like limit list long
  made malformed many max maximum may message messages method min minimum missing model models more most must name need needed no non none not null number object
  occurred of off on one only operation or other out output overloaded parallel parameter parameters parse path permission permitted please plan positive
  previous prompt property provide provided quota range rate reach reached reason recent recognized recognised reduce refused request requested requests
  require required requires resource response result retry role route schema second seconds see server service set should size so stream streaming string
  such support supported supports system temperature text than that the their them then there these this those timed timeout to token tokens too tool tools
  total try type unable unauthorized unavailable unexpected unknown unrecognized unrecognised unsupported until up upstream url use used user using valid
  value values was were what when where which while window with within without wrong you your
  max_tokens stream_options tool_choice tool_calls image_url
  traceback call line goroutine thread panicked java kt native object anonymous class home users root usr opt var srv tmp mnt workspace app
  py js mjs ts go rs rb cpp cc php 400 401 403 404 405 408 409 413 415 422 429 500 501 502 503 504 http https econnrefused econnreset enotfound etimedout
  refused closed reset certificate connect connection connections socket hang hung side stopped
  status was answered answers baseline exist interrupted budget needs skipped
`)

/** Words of paths that name endpoints. */
export const pathWords = words(`
  v1 v2 v3 api openai chat completions models responses embeddings messages input items cancel deployments conversations files audio images batches
  moderations get post put delete head options patch
`)

/** Headers whose values tell of no person, no account and no content. */
export const plainHeaders =
  /^(content-(type|length|encoding)|accept(-.*)?|cache-control|connection|keep-alive|date|age|expires|pragma|vary|allow|transfer-encoding|trailer|retry-after(-ms)?|x-ratelimit-.*|openai-(version|processing-ms)|access-control-(?!allow-origin$).*|strict-transport-security|x-content-type-options|anthropic-(version|beta)|x-should-retry|x-stainless-.*|deprecation|sunset|authorization|api-key|x-api-key|proxy-authorization|cookie|set-cookie)$/i

/** Products in `User-Agent` that many people use. */
export const agentProducts = words(`
  openai asyncopenai azureopenai asyncazureopenai anthropic asyncanthropic ai ai-sdk opencode runtime node node.js bun deno undici python
  python-requests python-httpx httpx aiohttp curl wirecheck
`)

/** What may follow such a product behind a slash, besides its version. */
export const agentParts = words(`
  js python openai openai-compatible azure anthropic provider provider-utils gateway google google-vertex amazon-bedrock mistral groq xai
  deepseek togetherai fireworks cerebras node node.js bun deno browser latest dev beta local cli tui
`)

/** Products in `Server` that many people use. */
export const serverProducts = words(`
  uvicorn hypercorn gunicorn granian daphne werkzeug aiohttp python basehttp simplehttp tornadoserver nginx openresty apache caddy envoy istio-envoy
  traefik kong cloudflare cloudfront awselb google gws kestrel microsoft-iis microsoft-httpapi llama.cpp ollama vllm litellm lmstudio
`)

export const serverParts = words('python')

/** Of a challenge, what the standards define. */
export const schemeWords = words(`
  basic bearer digest negotiate dpop realm error description uri scope charset utf algorithm qop nonce opaque stale domain title
`)

/** Of an origin, what tells nothing of whose it is. */
export const originWords = words('http https null localhost')

/** RFC 9110 section 7.6.3: the protocol and its version. */
export const viaWords = words('http https 0 1 2 3')
