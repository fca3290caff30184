import { chunk, chunkList, type Fault, must, should } from './bend.ts'
import { insert, q, swap } from './text.ts'

const STRING = '"(?:[^"\\\\]|\\\\.)*"'
const opens = (block: string) => /"tool_calls":\[\{"index":\d+,"id"/.test(block)
const fragment = (block: string) => /"tool_calls":\[\{"index":\d+,"function":\{"arguments"/.test(block)
const finishes = (block: string) => /"finish_reason":"/.test(block)
const indexOf = (block: string) => Number(/"tool_calls":\[\{"index":(\d+)/.exec(block)?.[1] ?? -1)
const argsOf = (block: string): string => JSON.parse(new RegExp(`"arguments":(${STRING})`).exec(block)?.[1] ?? '""') as string
const withArgs = (block: string, args: string) => block.replace(new RegExp(`"arguments":${STRING}`), () => `"arguments":${q(args)}`)
const renumber = (edit: (index: number) => string) =>
  chunk((block) =>
    block.replace(/"tool_calls":\[\{"index":(\d+)/, (_all, index: string) => `"tool_calls":[{"index":${edit(Number(index))}`),
  )

/** Faults of streamed tool calls. */
export const toolStreamFaults: Fault[] = [
  must(
    'index-absent',
    ['tools.stream.index'],
    'Tool-call deltas have no index.',
    chunk(swap(/"tool_calls":\[\{"index":\d+,/, '"tool_calls":[{')),
  ),
  must(
    'index-string',
    ['tools.stream.index'],
    'The index is a string.',
    renumber((index) => `"${index}"`),
  ),
  must(
    'index-null-later',
    ['tools.stream.index'],
    'Fragments have index: null.',
    chunk((block) => (fragment(block) ? block.replace(/"tool_calls":\[\{"index":\d+/, '"tool_calls":[{"index":null') : block)),
  ),
  must(
    'index-from-one',
    ['tools.stream.index-dense'],
    'Calls count from 1.',
    renumber((index) => String(index + 1)),
  ),
  must(
    'index-gaps',
    ['tools.stream.index-dense'],
    'Every second index is left out.',
    renumber((index) => String(index * 2)),
  ),
  must(
    'index-shared',
    ['tools.stream.index-identity'],
    'All calls of a reply have index 0.',
    renumber(() => '0'),
  ),
  must(
    'head-without-id',
    ['tools.stream.head'],
    'The first delta of a call has no id.',
    chunk((block) => (opens(block) ? block.replace(/"id":"call_\w+",/, '') : block)),
  ),
  must('head-without-type', ['tools.stream.head'], 'The first delta of a call has no type.', chunk(swap('"type":"function",', ''))),
  must(
    'head-without-name',
    ['tools.stream.head'],
    'The first delta of a call has no name; the second has.',
    chunkList((blocks) =>
      blocks.map((block, at) => {
        const name = /"name":("\w+"),/.exec(blocks[at - 1] ?? '')?.[1]
        if (opens(block)) return block.replace(/"name":"\w+",/, '')
        return name !== undefined && fragment(block) ? block.replace('"function":{', `"function":{"name":${name},`) : block
      }),
    ),
  ),
  must(
    'name-in-pieces',
    ['tools.stream.head'],
    'The name of a function comes in two pieces.',
    chunkList((blocks) =>
      blocks.map((block, at) => {
        const rest = /"name":"\w{3}(\w+)",/.exec(blocks[at - 1] ?? '')?.[1]
        if (opens(block)) return block.replace(/"name":"(\w{3})\w+"/, '"name":"$1"')
        return rest !== undefined && fragment(block) ? block.replace('"function":{', `"function":{"name":"${rest}",`) : block
      }),
    ),
  ),
  must(
    'fragments-as-objects',
    ['tools.stream.arguments'],
    'Streamed arguments are one object.',
    chunkList((blocks) => {
      const whole = new Map<number, string>()
      for (const block of blocks.filter(fragment)) whole.set(indexOf(block), (whole.get(indexOf(block)) ?? '') + argsOf(block))
      return blocks
        .filter((block) => !fragment(block))
        .map((block) => (opens(block) ? block.replace('"arguments":""', () => `"arguments":${whole.get(indexOf(block)) ?? '{}'}`) : block))
    }),
  ),
  must(
    'last-fragment-lost',
    ['tools.stream.arguments'],
    'The last piece of the arguments is never sent.',
    chunkList((blocks) =>
      blocks.filter((block, at) => !(fragment(block) && indexOf(blocks[at + 1] ?? '') !== indexOf(block)) || opens(block)),
    ),
  ),
  must(
    'fragments-pile-up',
    ['tools.stream.arguments'],
    'Each piece of the arguments repeats those before it.',
    chunkList((blocks) => {
      let sum = ''
      return blocks.map((block) => {
        if (opens(block)) sum = ''
        if (!fragment(block)) return block
        sum += argsOf(block)
        return withArgs(block, sum)
      })
    }),
  ),
  must(
    'arguments-again',
    ['tools.stream.arguments'],
    'After the pieces the whole arguments come once more.',
    chunkList((blocks) => {
      const last = blocks.findLastIndex(fragment)
      if (last < 0) return blocks
      const mine = blocks.filter((block) => fragment(block) && indexOf(block) === indexOf(blocks[last] ?? ''))
      return insert(blocks, last + 1, withArgs(blocks[last] ?? '', mine.map(argsOf).join('')))
    }),
  ),
  must(
    'calls-say-stop-streamed',
    ['tools.stream.finish'],
    'A stream with calls finishes with stop.',
    chunk(swap('"finish_reason":"tool_calls"', '"finish_reason":"stop"')),
  ),
  must(
    'fragment-after-finish',
    ['tools.stream.finish', 'stream.finish-last'],
    'The last piece of the arguments follows the finish.',
    chunkList((blocks) => {
      const last = blocks.findLastIndex(fragment)
      return last < 0 ? blocks : insert(blocks, blocks.findIndex(finishes) + 1, blocks[last] ?? '').filter((_, at) => at !== last)
    }),
  ),
  should(
    'head-repeated',
    ['tools.stream.head-once'],
    'Every piece repeats id and name.',
    chunkList((blocks) => {
      let head = ''
      let name = ''
      return blocks.map((block) => {
        if (opens(block))
          [head, name] = [/"id":"call_\w+","type":"function",/.exec(block)?.[0] ?? '', /"name":"[^"]+",/.exec(block)?.[0] ?? '']
        return fragment(block) ? block.replace('"function":{', `${head}"function":{${name}`) : block
      })
    }),
  ),
  should(
    'two-in-one',
    ['tools.stream.one-entry-per-chunk'],
    'The head and the first piece of a call share a chunk.',
    chunkList((blocks) =>
      blocks.flatMap((block, at) => {
        const next = blocks[at + 1] ?? ''
        if (fragment(block) && opens(blocks[at - 1] ?? '')) return []
        if (!opens(block) || !fragment(next)) return [block]
        const entry = /"tool_calls":\[(\{.*\})\]\},"logprobs"/.exec(next)?.[1] ?? ''
        return [block.replace(']},"logprobs"', () => `,${entry}]},"logprobs"`)]
      }),
    ),
  ),
  should(
    'interleaved',
    ['tools.stream.sequential'],
    'The first call goes on after the second has begun.',
    chunkList((blocks) => {
      const last = blocks.findLastIndex((block) => fragment(block) && indexOf(block) === 0)
      const second = blocks.findLastIndex((block) => opens(block) && indexOf(block) === 1)
      if (second < 0) return blocks
      return insert(blocks, second + 1, blocks[last] ?? '').filter((_, at) => at !== last)
    }),
  ),
  should('required-only-plain', ['tools.stream.parity', 'tools.choice.required'], 'tool_choice required does nothing in streams.', {
    ask: (ask, where) => {
      if (where.kind === 'chat' && ask.stream && ask.choice === 'required') ask.choice = 'none'
    },
  }),
]
