import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import type { Path } from './world.ts'

/** Finds values by their path, each object being indexed once: a large file has a hundred thousand members. */
export const createLookup = (root: Node | undefined): ((path: Path) => Node | undefined) => {
  const indexes = new WeakMap<Node, ReadonlyMap<string, Node>>()
  const indexOf = (node: Node): ReadonlyMap<string, Node> => {
    let index = indexes.get(node)
    if (!index) {
      index = new Map(
        (node.children ?? []).flatMap(({ children: [name, value] = [] }) => (name && value ? [[name.value as string, value]] : [])),
      )
      indexes.set(node, index)
    }
    return index
  }
  return (path) => {
    let node = root
    for (const name of path) node = node?.type === 'object' ? indexOf(node).get(name) : undefined
    return node
  }
}

export const unquoted = (written: string): string => {
  try {
    return String(JSON.parse(written))
  } catch {
    return written.replace(/^"|"$/g, '')
  }
}

const codeWords: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a word that is no JSON value',
  InvalidNumberFormat: 'a number that is none',
  PropertyNameExpected: 'the name of a member is expected, in double quotes',
  ValueExpected: 'a value is expected',
  ColonExpected: 'a colon is expected',
  CommaExpected: 'a comma is expected',
  CloseBraceExpected: 'a closing brace is expected',
  CloseBracketExpected: 'a closing bracket is expected',
  EndOfFileExpected: 'nothing may follow the end of the value',
  UnexpectedEndOfComment: 'a comment is not closed',
  UnexpectedEndOfString: 'a string is not closed on its line',
  UnexpectedEndOfNumber: 'a number is cut',
  InvalidUnicode: 'a \\u escape needs four hexadecimal digits',
  InvalidEscapeCharacter: 'a backslash begins no escape that JSON knows',
  InvalidCharacter: 'a control character stands in a string',
  InvalidCommentToken: 'a comment stands where none may be',
}

const nested = 'the values are nested too deeply'

/** A configuration has seven levels, and its options a few more; what walks through it calls itself for each. */
const mostLevels = 500

/** The first value that is nested too deeply. */
const tooDeep = (root: Node): Node | undefined => {
  let level: readonly Node[] = [root]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > 2 * mostLevels) return level[0]
    // a member is a node too, with its name and its value below it
    level = level.flatMap(({ children = [] }) =>
      children.filter(({ type }) => type === 'object' || type === 'array' || type === 'property'),
    )
  }
  return undefined
}

export const parsed = (
  text: string,
): { tree: Node | undefined; errors: readonly { offset: number; length: number; message: string }[] } => {
  const errors: ParseError[] = []
  try {
    const tree = parseTree(text, errors, { allowTrailingComma: true })
    const said = errors.map(({ error, offset, length }) => ({
      offset,
      length,
      message: codeWords[printParseErrorCode(error)] ?? 'this is no JSON',
    }))
    const deep = tree && tooDeep(tree)
    if (deep) return { tree: undefined, errors: [{ offset: deep.offset, length: 1, message: nested }] }
    if (tree && tree.type !== 'object' && said.length === 0)
      return { tree, errors: [{ offset: tree.offset, length: 1, message: 'the file must be one object' }] }
    return { tree, errors: said }
  } catch {
    // the parser calls itself for every level
    return { tree: undefined, errors: [{ offset: 0, length: 1, message: nested }] }
  }
}

export const plainOf = (node: Node): unknown => {
  if (node.type === 'array') return (node.children ?? []).map(plainOf)
  if (node.type !== 'object') return node.value
  const members = (node.children ?? []).flatMap(({ children: [name, value] = [] }) =>
    name && value && name.value !== '__proto__' ? [[name.value as string, plainOf(value)] as const] : [],
  )
  return Object.fromEntries(members)
}

export const lineStarts = (text: string): readonly number[] => {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

export const position = (starts: readonly number[], offset: number): { line: number; column: number } => {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return { line: low, column: offset - (starts[low - 1] ?? 0) + 1 }
}
