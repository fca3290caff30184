const maxWords = 20_000
const maxCount = 20_000

const sentence = 'The river runs from the hills to the sea and feeds the towns on its way.'.split(' ')

/** So many words of prose; ends with a full stop. */
export const prose = (words: number): string => {
  const count = Math.min(words, maxWords)
  const list: string[] = []
  for (let index = 0; index < count; index += 1) list.push(sentence[index % sentence.length] as string)
  return list.join(' ').replace(/[^.]$/, '$&.')
}

const numerals = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

const numeral = (word: string): number => (/^\d+$/.test(word) ? Number(word) : numerals.indexOf(word.toLowerCase()))

/** The numbers that a prompt asks for, separated as it asks. */
export const counting = (prompt: string): string | undefined => {
  const asked =
    /\b(?:count|numbers|list)\b[^.\n]*?\b(?:from )?(\w+) (?:to|through|up to) (\w+)/i.exec(prompt) ?? /\bcount (to) (\w+)/i.exec(prompt)
  if (!asked) return undefined
  const to = numeral(asked[2] as string)
  const from = Math.max(numeral(asked[1] as string), /^\d+$/.test(asked[1] as string) ? 0 : 1)
  if (to < from || to - from > maxCount) return undefined
  const separator = /per line|new ?line/i.test(prompt) ? '\n' : /comma/i.test(prompt) ? ', ' : ' '
  return Array.from({ length: to - from + 1 }, (_, index) => String(from + index)).join(separator)
}

const operations: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  plus: (a, b) => a + b,
  '-': (a, b) => a - b,
  minus: (a, b) => a - b,
  '*': (a, b) => a * b,
  x: (a, b) => a * b,
  '×': (a, b) => a * b,
  times: (a, b) => a * b,
  '/': (a, b) => a / b,
}

/** The answer to a sum, or to the bat and ball. */
export const arithmetic = (prompt: string): string | undefined => {
  if (/\bbat\b[\s\S]*\bball\b/i.test(prompt)) {
    const [together, more] = (prompt.match(/\d+\.\d+/g) ?? []).map(Number)
    if (together !== undefined && more !== undefined) return `The ball costs ${((together - more) / 2).toFixed(2)}.`
  }
  const sum = /(\d+(?:\.\d+)?)\s*(\+|-|\*|x|×|\/|plus|minus|times)\s*(\d+(?:\.\d+)?)/i.exec(prompt)
  const operate = sum && operations[(sum[2] as string).toLowerCase()]
  return operate ? `The answer is ${operate(Number(sum[1]), Number(sum[3]))}.` : undefined
}
