import { join } from 'node:path'
import { Agent } from 'undici'
import { judge, load, loadTarget, plan as makePlan, record, report, startReference } from '../../index.ts'
import type { Probe } from '../../types.ts'

const builtins = load()

/** A plan of one streamed request. */
const streamPlan: readonly Probe[] = [
  {
    id: 'bench/stream',
    title: 'one long stream',
    capability: 'streaming',
    attempts: 1,
    baseline: false,
    extra: false,
    requires: [],
    whole: [],
    origin: { file: '', line: 0 },
    steps: [
      {
        endpoint: 'POST /chat/completions',
        auth: 'target',
        headers: [],
        body: { model: 'm', messages: [{ role: 'user', content: 'Go on.' }], stream: true, stream_options: { include_usage: true } },
        expect: [],
        capture: {},
        read: {},
      },
    ],
  },
]

/** What is measured: the same functions that a run calls, ambient requirements of all suites included. */
export const oneStream = async (url: string, folder: string): Promise<void> => {
  const { target } = loadTarget({ baseUrl: url, model: 'm', auth: 'none' }, {})
  const suites = [...builtins.suites, { id: 'bench', title: 'bench', file: 'bench', digest: '', requirements: [], probes: streamPlan }]
  const own = { ...builtins, suites }
  const transcript = await record({ builtins: own, plan: { probes: streamPlan }, target, file: join(folder, 'transcript.jsonl') })
  const { findings } = report(own, transcript, judge(own, transcript))
  const accused = findings.filter(({ level }) => level === 'must')
  if (accused.length > 0) throw new Error(`the stream of the bench is accused: ${accused[0]?.requirement}`)
}

/** What it is measured against: undici's dispatch, splitting at blank lines, and JSON.parse. */
export const naiveLoop = (url: string): Promise<number> => {
  const agent = new Agent()
  const { origin } = new URL(url)
  return new Promise((resolve, reject) => {
    let rest = ''
    let events = 0
    agent.dispatch(
      { origin, path: '/v1/chat/completions', method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"stream":true}' },
      {
        onRequestStart: () => undefined,
        onResponseStart: () => undefined,
        onResponseData: (_, chunk) => {
          const blocks = (rest + chunk.toString('utf8')).split('\n\n')
          rest = blocks.pop() ?? ''
          for (const block of blocks) {
            const data = block.slice(6)
            if (data !== '[DONE]') JSON.parse(data)
            events++
          }
        },
        onResponseEnd: () => void agent.destroy().then(() => resolve(events)),
        onResponseError: (_, error) => reject(error),
      },
    )
  })
}

/** The whole default plan against the embedded endpoint. */
export const onePlan = async (folder: string): Promise<void> => {
  const server = await startReference({ key: 'bench-key-0000' })
  try {
    const { target } = loadTarget({ baseUrl: server.url, model: 'reference', apiKey: { env: 'KEY' } }, { KEY: 'bench-key-0000' })
    const plan = makePlan({ suites: builtins.suites, selectors: [], profiles: [], catalog: builtins.catalog })
    const transcript = await record({ builtins, plan, target, file: join(folder, 'transcript.jsonl') })
    report(builtins, transcript, judge(builtins, transcript))
  } finally {
    await server.close()
  }
}
