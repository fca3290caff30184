import type { Ask, Call, Dict, Said, Tool } from './bend.ts'
import { dict, list, q, str, tokens } from './text.ts'

const CITIES = /\b(?:Paris|Tokyo|Lima|London|Berlin|Rome|Oslo|Cairo)\b/g
const RIVER_WORDS = 'A river starts small in the hills and grows on its way down to the sea where ships wait for the tide'.split(' ')

function essay(length: number): string {
  return Array.from({ length }, (_, at) => RIVER_WORDS[at % RIVER_WORDS.length]).join(' ')
}

function count(from: number, to: number, between: string): string {
  return Array.from({ length: Math.max(0, Math.min(to - from + 1, 2000)) }, (_, at) => from + at).join(between)
}

function lastUserText(ask: Ask): string {
  return ask.turns.findLast((turn) => turn.role === 'user')?.text ?? ''
}

function say(ask: Ask): string {
  const wish = lastUserText(ask)
  const results: string[] = []
  for (let at = ask.turns.length - 1; at >= 0 && ask.turns[at]?.role === 'tool'; at--) results.unshift(ask.turns[at]?.text ?? '')
  if (results.length > 0) return `The tool said: ${results.join('; ')}`
  const line = /repeat this line exactly: ([^\n]*)/i.exec(wish)?.[1] ?? /print "([^"]*)"/i.exec(wish)?.[1]
  if (line !== undefined) return line
  if (/repeat my code word/i.test(wish)) {
    const told = ask.turns.findLast((turn) => turn.role === 'user' && /my code word is/i.test(turn.text))?.text ?? ''
    return /my code word is (\w+)/i.exec(told)?.[1] ?? 'You never told me.'
  }
  const range = /(\d+) to (\d+)/.exec(wish)
  if (range && /count|numbers/i.test(wish)) return count(Number(range[1]), Number(range[2]), /per line/.test(wish) ? '\n' : ' ')
  const upTo = /count to (\d+)/i.exec(wish)
  if (upTo) return count(1, Number(upTo[1]), ' ')
  if (/count to five/i.test(wish)) return '1, 2, 3, 4, 5'
  const words = /(\d+)[- ]words?\b/.exec(wish) ?? /(\d+)-word essay/.exec(wish)
  if (words) return essay(Math.min(Number(words[1]), 2000))
  if (/bat and a ball/i.test(wish)) return 'The ball costs 0.05.'
  return /single word (\w+)/i.exec(wish)?.[1] ?? (/weather/i.test(wish) ? 'I cannot look at the sky from here.' : 'I see.')
}

function resolve(schema: Dict, root: Dict): Dict {
  const ref = /^#\/(\$defs|definitions)\/(.+)$/.exec(str(schema.$ref))
  if (ref) return dict(dict(root[ref[1] ?? ''])?.[ref[2] ?? '']) ?? {}
  return dict(list(schema.anyOf)[0]) ?? dict(list(schema.oneOf)[0]) ?? schema
}

function invent(given: Dict, root: Dict, name: string, city: string, depth: number): unknown {
  const schema = resolve(given, root)
  if (depth > 20) return null
  if ('const' in schema) return schema.const
  if (Array.isArray(schema.enum)) return schema.enum[0]
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'number' || type === 'integer') return typeof schema.minimum === 'number' ? schema.minimum : 1
  if (type === 'boolean') return true
  if (type === 'null') return null
  if (type === 'array') {
    const size = typeof schema.minItems === 'number' ? Math.min(schema.minItems, 10) : 0
    return Array.from({ length: size }, () => invent(dict(schema.items) ?? {}, root, name, city, depth + 1))
  }
  if (type === 'object' || schema.properties !== undefined) {
    const wanted = list(schema.required).map(str)
    return Object.fromEntries(wanted.map((key) => [key, invent(dict(dict(schema.properties)?.[key]) ?? {}, root, key, city, depth + 1)]))
  }
  return /city|location|place/.test(name) ? city : 'something'
}

function takesPlace(tool: Tool): boolean {
  return Object.keys(dict(tool.schema.properties) ?? {}).some((key) => /city|location|place/.test(key))
}

function callList(ask: Ask, id: () => string): Call[] {
  const wish = lastUserText(ask)
  const open = ask.tools.filter((tool) => ask.only.length === 0 || ask.only.includes(tool.name))
  const tool = open.find((one) => one.name.split(/[_-]/).some((word) => word.length > 3 && wish.toLowerCase().includes(word))) ?? open[0]
  if (tool === undefined || ask.choice === 'none') return []
  const asked = /(use|call) the tool|weather/i.test(wish) && ask.turns.at(-1)?.role !== 'tool'
  if (ask.choice === 'auto' && !asked) return []
  const found = wish.match(CITIES) ?? ['Paris']
  const cities = ask.several && takesPlace(tool) ? [...new Set(found)] : found.slice(0, 1)
  return cities.map((city) => ({ id: id(), name: tool.name, args: q(dict(invent(tool.schema, tool.schema, '', city, 0)) ?? {}) }))
}

function promptTokens(ask: Ask): number {
  let sum = 3
  for (const turn of ask.turns) {
    sum += 4 + tokens(turn.text).length
    for (const call of turn.calls) sum += 3 + tokens(call.name + call.args).length
  }
  for (const tool of ask.tools) sum += 8 + tokens(tool.source).length
  return sum
}

/** Lets the model speak once: it reads the request, obeys the few prompts it knows and counts its tokens. */
export function speak(ask: Ask, thinks: boolean, id: () => string): Said {
  const thought = thinks ? tokens('Let me see what is wanted here.').slice(0, ask.cap) : []
  let left = ask.cap - thought.length
  const said: Said = {
    thought: thought.join(''),
    text: '',
    calls: [],
    finish: 'stop',
    promptTokens: promptTokens(ask),
    outTokens: thought.length,
    thoughtTokens: thought.length,
  }
  for (const call of callList(ask, id)) {
    const parts = tokens(call.args)
    if (left <= 0) said.finish = 'length'
    if (said.finish === 'length') break
    const kept = parts.slice(0, Math.max(0, left - 1))
    said.calls.push({ ...call, args: kept.join('') })
    said.outTokens += 1 + kept.length
    left -= 1 + kept.length
    said.finish = kept.length < parts.length ? 'length' : 'tool_calls'
  }
  if (said.calls.length > 0 || said.finish === 'length') return said
  const all = tokens(say(ask))
  const kept = all.slice(0, Math.max(0, left))
  said.text = kept.join('')
  said.finish = kept.length < all.length ? 'length' : 'stop'
  const ends = ask.stops.map((stop) => (stop === '' ? -1 : said.text.indexOf(stop))).filter((at) => at >= 0)
  if (ends.length > 0) {
    said.text = said.text.slice(0, Math.min(...ends))
    said.finish = 'stop'
  }
  said.outTokens = Math.max(1, thought.length + tokens(said.text).length)
  return said
}
