import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { Agent } from 'undici'
import { load, loadTarget, proxy } from '../../index.ts'
import { cpuOf, median, serve } from './measure.ts'
import { naiveLoop } from './work.ts'

const builtins = load()
const requests = 500

/** Does something through a proxy that records and does not judge; it is started before and closed after. */
const proxied = async <Result>(upstream: string, folder: string, work: (url: string) => Promise<Result>): Promise<Result> => {
  const { target } = loadTarget({ baseUrl: upstream, auth: 'none' }, {})
  // a proxy never writes over an older transcript
  const running = await proxy({ builtins, target, file: join(mkdtempSync(join(folder, 'proxy-')), 'transcript.jsonl') })
  try {
    return await work(running.url)
  } finally {
    await running.close()
  }
}

/** Short requests one after the other on one connection. */
const manyRequests = async (url: string, count: number): Promise<void> => {
  const agent = new Agent()
  const { origin } = new URL(url)
  const body = JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'Go on.' }] })
  for (let done = 0; done < count; done++) {
    const reply = await agent.request({
      origin,
      path: '/v1/chat/completions',
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer bench-key-0000' },
      body,
    })
    await reply.body.text()
  }
  await agent.destroy()
}

/** What the proxy adds. It runs in this process, beside the client that it is measured with. */
export const proxyRows = async (root: string, folder: string, chunks: number) => {
  const stream = await serve(join(root, 'src/build/bench/stream-server.mjs'), [String(chunks)])
  const short = await serve(join(root, 'src/build/bench/stream-server.mjs'), ['1'])
  const compare = async (url: string, work: (url: string) => Promise<unknown>) => {
    const direct: number[] = []
    const through: number[] = []
    for (let round = 0; round < 6; round++) {
      const plain = await cpuOf(() => work(url))
      const recorded = await proxied(url, folder, (own) => cpuOf(() => work(own)))
      // the first round warms both up
      if (round > 0) direct.push(plain)
      if (round > 0) through.push(recorded)
    }
    return { direct: median(direct), through: median(through) }
  }
  try {
    const chunk = await compare(stream.url, naiveLoop)
    const request = await compare(short.url, (url) => manyRequests(url, requests))
    const micro = (cpu: number, count: number) => `${((cpu * 1000) / count).toFixed(2)} µs`
    return [
      {
        what: 'one chunk through `wirecheck proxy`, client included, against the same client alone',
        value: chunk.through / chunk.direct,
        limit: 5,
        unit: 'x',
        detail: `${micro(chunk.through - chunk.direct, chunks)} CPU added`,
      },
      {
        what: 'one short request through it, against the same client alone',
        value: request.through / request.direct,
        limit: 10,
        unit: 'x',
        detail: `${micro(request.through - request.direct, requests)} CPU added`,
      },
    ]
  } finally {
    stream.stop()
    short.stop()
  }
}
