/** `; did you mean "x"?` for the nearest of the known words, or nothing when none is near. */
export const suggest = (word: string, known: Iterable<string>): string => {
  let best: string | undefined
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1
  for (const candidate of known) {
    const found = distance(word, candidate, bestDistance)
    if (found < bestDistance) {
      bestDistance = found
      best = candidate
    }
  }
  return best === undefined ? '' : `; did you mean "${best}"?`
}

/** Levenshtein distance, given up once it cannot come below `limit`. */
const distance = (one: string, other: string, limit: number): number => {
  if (Math.abs(one.length - other.length) >= limit) return limit
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    for (let column = 1; column <= other.length; column++) {
      const cost = one[row - 1] === other[column - 1] ? 0 : 1
      current[column] = Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (previous[column - 1] ?? 0) + cost)
    }
    previous = current
  }
  return previous[other.length] ?? limit
}
