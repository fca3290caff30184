import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, visit } from 'yaml'
import type { JsonPointer } from '../types.ts'
import { suggest } from './suggest.ts'
import { type Problem, SuiteError } from './suite-error.ts'

export interface Parsed {
  readonly value: unknown
  /** The place of the value at a pointer; of its nearest ancestor where there is none. With `key`, of the member's name. */
  readonly place: (pointer: JsonPointer, key?: boolean) => { line: number; column: number }
}

/** More expansions than any honest file needs; without a limit a few lines of aliases fill the memory. */
const maxAliasCount = 2000

/** Parses YAML 1.2 and keeps where everything stands. Throws SuiteError with every syntax error. */
export const parseYaml = (text: string, file: string): Parsed => {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  if (document.errors.length > 0) {
    throw new SuiteError(document.errors.map((error): Problem => ({ file, ...at(error.pos[0]), message: error.message })))
  }
  const aliases = aliasProblems(document)
  if (aliases.length > 0) throw new SuiteError(aliases.map(({ offset, message }) => ({ file, ...at(offset), message })))
  try {
    return { value: document.toJS({ maxAliasCount }) as unknown, place: (pointer, key) => at(offsetOf(document, pointer, key === true)) }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new SuiteError([{ file, line: 1, column: 1, message: /alias/i.test(message) ? `too many aliases: ${message}` : message }])
  }
}

/** Aliases that stand for nothing, or for something that they are a part of. */
const aliasProblems = (document: Document): { offset: number; message: string }[] => {
  const problems: { offset: number; message: string }[] = []
  const anchors = new Map<string, unknown>()
  visit(document, {
    Value: (_, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node)
    },
    Alias: (_, alias, path) => {
      const node = anchors.get(alias.source)
      const offset = startOf(alias) ?? 0
      if (!node)
        problems.push({ offset, message: `alias *${alias.source} has no anchor before it${suggest(alias.source, anchors.keys())}` })
      else if (path.some((ancestor) => ancestor === node))
        problems.push({ offset, message: `alias *${alias.source} stands inside what it names` })
    },
  })
  return problems
}

const offsetOf = (document: Document, pointer: JsonPointer, key: boolean): number => {
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const token of pointer.split('/').slice(1).map(unescapeToken)) {
    node = isAlias(node) ? node.resolve(document) : node
    if (isMap(node)) {
      const pair = node.items.find((item: Pair) => String(isScalar(item.key) ? item.key.value : item.key) === token)
      if (!pair) return offset
      offset = (key ? startOf(pair.key) : (startOf(pair.value) ?? startOf(pair.key))) ?? offset
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(token)]
      offset = startOf(node) ?? offset
    } else return offset
  }
  return offset
}

const unescapeToken = (token: string): string => token.replace(/~1/g, '/').replace(/~0/g, '~')

const startOf = (node: unknown): number | undefined => (node as Node | null | undefined)?.range?.[0]
