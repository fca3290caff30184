import { expect, test } from 'vitest'
import { startReference } from './reference/server.ts'
import { accusations, runAgainst } from './testing/run.ts'
import { aimockKey, startAimock } from './testing/third-party/aimock.ts'
import { type PortkeyBuild, startPortkey } from './testing/third-party/portkey.ts'
import type { Report } from './types.ts'

/**
 * Servers that somebody else wrote, with streams and errors of their own. Each accusation below was compared with the
 * bytes that are cited beside it; one that has no such bytes is a false finding of ours and does not belong here.
 */

/** Rules about streams that foreign bytes must have been held to, so that silence about them means something. */
const aboutStreams = [
  'rstream.event-name',
  'rstream.terminal.snapshot',
  'rstream.text.done',
  'rtools.stream',
  'stream.done-sentinel',
  'stream.finish-once',
  'stream.id-stable',
  'stream.role-first',
  'stream.usage.once-and-last',
  'tools.stream.arguments',
  'tools.stream.head',
  'tools.stream.index-dense',
  'tools.stream.parity',
  'transport.sse.framing',
  'usage.stream-parity',
]

const heldOf = ({ requirements }: Report, ids: readonly string[]): string[] =>
  requirements.filter(({ id, observation }) => ids.includes(id) && observation === 'held').map(({ id }) => id)

test('aimock', async () => {
  const server = await startAimock()
  try {
    const report = await runAgainst({ baseUrl: server.baseUrl, model: 'gpt-4o', key: aimockKey })
    expect(report.harness).toEqual([])
    expect(heldOf(report, aboutStreams)).toEqual(aboutStreams)
    expect(accusations(report)).toEqual([
      // "temperature":"hot" and "tools":{} -> HTTP 200 and an answer
      'must errors.wrong-type status',
      // "max_completion_tokens":16 -> 2724 characters, "finish_reason":"stop"
      'must params.max-completion-tokens ignored',
      // "max_tokens":16 -> 2724 characters, "completion_tokens":681
      'must params.max-tokens ignored',
      // "stop":"BRAVO" -> "content":"alpha BRAVO charlie"
      'must params.stop ignored',
      // "max_output_tokens":16 -> 2724 characters of output_text, "status":"completed"
      'must responses.max-output-tokens exceeded',
      // "previous_response_id":"resp_nope" -> HTTP 200, "status":"completed"
      'must responses.state.honest status',
      // event: response.created / data: {"type":"response.created","response":{…}} and so on to the last event
      'must rstream.sequence.present missing',
      // {"type":"hologram","hologram":"OK"} -> HTTP 200
      'should chat.content-parts.unknown status',
      // {"error":{"message":"Not found","type":"not_found"}}
      'should errors.code-key missing',
      // "model":"no-such-model-zz" -> HTTP 200, "model":"no-such-model-zz": fixtures answer for any name
      'should errors.model-not-found served',
      // {"error":{"message":"Invalid API key","type":"authentication_error","code":"invalid_api_key"}}
      'should errors.param-key missing',
      // {"error":{"message":"Missing required parameter: 'messages'",…,"param":null,"code":null}}
      'should errors.param-names-field not-named',
      // "tool_choice":{"type":"function","function":{"name":"nope"}} with get_weather alone -> HTTP 200
      'should errors.tool-choice.inconsistent status',
      // "parameters":{"type":"objekt"} -> HTTP 200
      'should errors.tools.definition status',
      // "response_format" of both kinds -> what the fixture says, in whatever form
      'should errors.unsupported-param-honest ignored',
      // "max_output_tokens":64 -> a reply without the member
      'should responses.echo missing',
      // no "input" -> HTTP 500 {"error":{"message":"req.input is not iterable","type":"server_error"}}
      'should responses.input.missing status',
      // {"id":"resp-…","object":"response","created_at":…,"model":…,"status":…,"output":[…],"usage":{…}} and no more
      'should responses.required-members missing',
      // "usage":{"input_tokens":0,"output_tokens":0,"total_tokens":0}
      'should responses.usage.details missing',
      // {"type":"response.output_text.delta","item_id":…,"output_index":0,"content_index":0,"delta":"OK"}
      'should rstream.text.logprobs missing',
      // "include_usage":true -> {…,"logprobs":null,"finish_reason":null}]} without "usage" before the last chunk
      'should stream.usage.null-elsewhere absent',
      // "response_format":{"type":"json_object"} -> "content":"OK": the fixture speaks, and nothing holds it to JSON
      'should structured.json-object ignored',
      // "required":[…,"size_class"] -> "content":"{\"city\":\"Basel\",\"rivers\":2}"
      'should structured.json-schema.accepted invalid',
      // the same question without a picture and with one -> "prompt_tokens":35, "content":"OK" both times
      'should vision.unsupported-model ignored',
    ])
  } finally {
    await server.close()
  }
})

const throughPortkey = async (build: PortkeyBuild): Promise<Report> => {
  const key = 'sk-reference-0123456789'
  const reference = await startReference({ key })
  try {
    const gateway = await startPortkey(reference.url, build)
    try {
      return await runAgainst({ baseUrl: gateway.baseUrl, headers: gateway.headers, model: 'reference', key })
    } finally {
      await gateway.close()
    }
  } finally {
    await reference.close()
  }
}

/** The endpoint behind the gateway has none of these: they are the gateway's own. */
const ofTheGateway = [
  // {"model": -> HTTP 500 {"status":"failure","message":"Something went wrong"}
  'must errors.body.invalid-json status',
  // text/plain -> HTTP 400 {"status":"failure","message":"Invalid content type passed"}
  'must errors.envelope no-envelope',
  // "authorization: bearer sk-…" goes on as "authorization: Bearer bearer sk-…" -> HTTP 401
  'should auth.scheme-case refused',
  // HTTP 500 {"status":"failure","message":"Something went wrong"}
  'should errors.server-fault-body no-envelope',
  // PUT /chat/completions -> HTTP 404 {"message":"Not Found","ok":false} without x-request-id, as all it says itself
  'should transport.request-id missing',
]

test('the Portkey gateway in front of the reference endpoint', async () => {
  const report = await throughPortkey('platform-response')
  expect(report.harness).toEqual([])
  expect(heldOf(report, aboutStreams)).toEqual(aboutStreams)
  expect(accusations(report)).toEqual(ofTheGateway)
})

test('the Portkey gateway as it is installed', async () => {
  const report = await throughPortkey('as-installed')
  expect(report.harness).toEqual([])
  expect(heldOf(report, aboutStreams)).toEqual([])
  // every stream, and GET /models -> HTTP 500 {"status":"failure","message":"Something went wrong"}
  expect(accusations(report)).toEqual([...ofTheGateway, 'must wire.no-server-error server-error'].sort())
})
