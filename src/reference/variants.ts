import type { Bend } from './exchange.ts'
import { anthropicVariants } from './variants/anthropic.ts'
import { azureVariants } from './variants/azure.ts'
import { chatVariants } from './variants/chat.ts'
import { completionVariants } from './variants/completions.ts'
import { embeddingVariants } from './variants/embeddings.ts'
import { habitVariants } from './variants/habits.ts'
import { memberVariants } from './variants/members.ts'
import { observedVariants } from './variants/observed.ts'
import { opencodeVariants } from './variants/opencode.ts'
import { serverVariants } from './variants/server.ts'
import { sseVariants } from './variants/sse.ts'
import { structuredVariants } from './variants/structured.ts'
import { vendorVariants } from './variants/vendors.ts'
import { visionVariants } from './variants/vision.ts'

/** Legal departures from the plain endpoint: none of them may be held against it. */
export const variants: readonly Bend[] = [
  ...sseVariants,
  ...chatVariants,
  ...memberVariants,
  ...vendorVariants,
  ...serverVariants,
  ...habitVariants,
  ...visionVariants,
  ...embeddingVariants,
  ...completionVariants,
  ...structuredVariants,
  ...observedVariants,
  ...anthropicVariants,
  ...azureVariants,
  ...opencodeVariants,
]

export const findVariant = (name: string): Bend | undefined => variants.find((variant) => variant.name === name)
