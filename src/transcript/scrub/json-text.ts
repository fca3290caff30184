/** A string of a JSON text, or something in it that is no JSON. Offsets are those of what stands between the quotes. */
export interface Leaf {
  readonly from: number
  readonly to: number
  /** What the string says; of what is no string, the text itself. */
  readonly value: string
  readonly kind: 'string' | 'name' | 'bare'
  /** Names of members and positions in arrays, from the root to here. */
  readonly path: readonly (string | number)[]
}

/** An array, from its bracket to behind the closing one. */
export interface ArraySpan {
  readonly from: number
  readonly to: number
  readonly path: Leaf['path']
}

interface Open {
  readonly isArray: boolean
  readonly from: number
  name: string
  index: number
}

const literal = /^(true|false|null|-?\d+(\.\d+)?([eE][+-]?\d+)?)$/

/** Walks a JSON text without judging it: broken and cut texts have strings too, and they are found. */
export const walkJson = (text: string): { readonly leaves: readonly Leaf[]; readonly arrays: readonly ArraySpan[] } => {
  const leaves: Leaf[] = []
  const arrays: ArraySpan[] = []
  const open: Open[] = []
  const path = (): (string | number)[] => open.map(({ isArray, name, index }) => (isArray ? index : name))
  for (let at = 0; at < text.length; ) {
    const char = text[at] as string
    if (char === '{' || char === '[') open.push({ isArray: char === '[', from: at, name: '', index: 0 })
    else if (char === '}' || char === ']') {
      const ended = open.pop()
      if (ended?.isArray) arrays.push({ from: ended.from, to: at + 1, path: path() })
    } else if (char === ',') {
      const top = open.at(-1)
      if (top) top.index++
    } else if (char === '"') {
      const to = endOfString(text, at + 1)
      const value = unescaped(text.slice(at + 1, to))
      const top = open.at(-1)
      const isName = top !== undefined && !top.isArray && isFollowedByColon(text, to + 1)
      if (isName) top.name = value
      leaves.push({ from: at + 1, to, value, kind: isName ? 'name' : 'string', path: path() })
      at = to
    } else if (!/[\s:]/.test(char)) {
      let to = at + 1
      while (to < text.length && !/[\s{}[\],:"]/.test(text[to] as string)) to++
      const value = text.slice(at, to)
      if (!literal.test(value)) leaves.push({ from: at, to, value, kind: 'bare', path: path() })
      at = to - 1
    }
    at++
  }
  return { leaves, arrays }
}

const endOfString = (text: string, from: number): number => {
  for (let at = from; ; ) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return text.length
    let slashes = 0
    while (text[quote - 1 - slashes] === '\\' && quote - 1 - slashes >= from) slashes++
    if (slashes % 2 === 0) return quote
    at = quote + 1
  }
}

const isFollowedByColon = (text: string, from: number): boolean => {
  let at = from
  while (/\s/.test(text[at] ?? '')) at++
  return text[at] === ':'
}

const unescaped = (raw: string): string => {
  if (!raw.includes('\\')) return raw
  try {
    return JSON.parse(`"${raw.replace(/[\n\r\t]/g, ' ')}"`) as string
  } catch {
    return raw
  }
}

export interface Change {
  readonly from: number
  readonly to: number
  readonly text: string
}

/** The string of a leaf with another value of the same length; what was written as an escape still is. */
export const changed = (text: string, { from, to, value, kind }: Leaf, next: string): Change => {
  const raw = text.slice(from, to)
  if (kind === 'bare' || raw === value || value === next) return { from, to, text: value === next ? raw : next }
  let made = ''
  let at = 0
  for (let unit = 0; unit < value.length; unit++) {
    const size = raw[at] !== '\\' ? 1 : raw[at + 1] === 'u' ? 6 : 2
    const piece = raw.slice(at, at + size)
    if (value[unit] === next[unit]) made += piece
    else made += size === 6 ? `\\u${(next.charCodeAt(unit) || 0).toString(16).padStart(4, '0')}` : next[unit]
    at += size
  }
  return { from, to, text: made }
}

export const applyChanges = (text: string, changes: readonly Change[]): string => {
  let made = ''
  let kept = 0
  for (const change of [...changes].sort((one, other) => one.from - other.from)) {
    made += text.slice(kept, change.from) + change.text
    kept = change.to
  }
  return made + text.slice(kept)
}
