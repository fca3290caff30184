// A server of its own process, so that its work is not counted: one long chat stream, one write per event as servers do,
// as fast as it is read.
import { createServer } from 'node:http'

const chunks = Number(process.argv[2] ?? 100_000)
const created = Math.floor(Date.now() / 1000)
const chunk = (index) =>
  `data: ${JSON.stringify({
    id: 'chatcmpl-bench-0000000000000000',
    object: 'chat.completion.chunk',
    created,
    model: 'bench-model-with-a-long-name',
    service_tier: 'default',
    system_fingerprint: 'fp_0123456789',
    choices: [
      {
        index: 0,
        delta: index === 0 ? { role: 'assistant', content: '' } : { content: ` word${index % 1000}` },
        logprobs: null,
        finish_reason: null,
      },
    ],
    usage: null,
    obfuscation: 'abcdefghijklmnopqrstuvwxyz0123456789'.slice(0, index % 30),
  })}\n\n`
const shared = { id: 'chatcmpl-bench-0000000000000000', object: 'chat.completion.chunk', created, model: 'bench-model-with-a-long-name' }
const tail = [
  { ...shared, choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }], usage: null },
  { ...shared, choices: [], usage: { prompt_tokens: 10, completion_tokens: chunks, total_tokens: chunks + 10 } },
]
const body = Buffer.from(
  Array.from({ length: chunks }, (_, index) => chunk(index)).join('') +
    tail.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('') +
    'data: [DONE]\n\n',
)

createServer((request, response) => {
  request.resume()
  request.on('end', () => {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache',
      'x-request-id': Math.random().toString(36),
    })
    let from = 0
    const push = () => {
      while (from < body.length) {
        const end = body.indexOf('\n\n', from)
        const to = end < 0 ? body.length : end + 2
        const more = response.write(body.subarray(from, to))
        from = to
        if (!more) return response.once('drain', push)
      }
      response.end()
    }
    push()
  })
}).listen(0, '127.0.0.1', function () {
  process.stdout.write(`http://127.0.0.1:${this.address().port}/v1\n`)
})
process.stdin.on('end', () => process.exit(0)).resume()
