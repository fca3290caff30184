import type { Bend } from './exchange.ts'
import { chatVariants } from './variants/chat.ts'
import { habitVariants } from './variants/habits.ts'
import { memberVariants } from './variants/members.ts'
import { serverVariants } from './variants/server.ts'
import { sseVariants } from './variants/sse.ts'
import { vendorVariants } from './variants/vendors.ts'

/** Legal departures from the plain endpoint: none of them may be held against it. */
export const variants: readonly Bend[] = [
  ...sseVariants,
  ...chatVariants,
  ...memberVariants,
  ...vendorVariants,
  ...serverVariants,
  ...habitVariants,
]

export const findVariant = (name: string): Bend | undefined => variants.find((variant) => variant.name === name)
