import type { Bend } from './exchange.ts'
import { answerVariants } from './variants/answers.ts'
import { sseVariants } from './variants/sse.ts'

/** Legal departures from the plain endpoint: none of them may be held against it. */
export const variants: readonly Bend[] = [...sseVariants, ...answerVariants]

export const findVariant = (name: string): Bend | undefined => variants.find((variant) => variant.name === name)
