import type { Fault } from './exchange.ts'
import { anthropicFaults } from './faults/anthropic.ts'
import { authFaults } from './faults/auth.ts'
import { azureFaults } from './faults/azure.ts'
import { chatFaults } from './faults/chat.ts'
import { completionFaults } from './faults/completions.ts'
import { embeddingFaults } from './faults/embeddings.ts'
import { errorFaults } from './faults/errors.ts'
import { fieldAnswerFaults } from './faults/field-answers.ts'
import { fieldCallFaults } from './faults/field-calls.ts'
import { fieldEventFaults } from './faults/field-events.ts'
import { fieldRequestFaults } from './faults/field-requests.ts'
import { fieldStreamFaults } from './faults/field-stream.ts'
import { limitFaults } from './faults/limits.ts'
import { modelFaults } from './faults/models.ts'
import { observedFaults } from './faults/observed.ts'
import { opencodeFaults } from './faults/opencode.ts'
import { paramFaults } from './faults/params.ts'
import { reasoningFaults } from './faults/reasoning.ts'
import { responsesFaults } from './faults/responses.ts'
import { responsesStateFaults } from './faults/responses-state.ts'
import { responsesStreamFaults } from './faults/responses-stream.ts'
import { responsesToolFaults } from './faults/responses-tools.ts'
import { sseFaults } from './faults/sse.ts'
import { streamFaults } from './faults/stream.ts'
import { structuredFaults } from './faults/structured.ts'
import { toolStreamFaults } from './faults/tool-stream.ts'
import { toolFaults } from './faults/tools.ts'
import { transportFaults } from './faults/transport.ts'
import { validationFaults } from './faults/validation.ts'
import { visionFaults } from './faults/vision.ts'

/** Every way in which the endpoint can be bent against a requirement, one at a time. */
export const faults: readonly Fault[] = [
  ...transportFaults,
  ...sseFaults,
  ...authFaults,
  ...errorFaults,
  ...validationFaults,
  ...modelFaults,
  ...chatFaults,
  ...paramFaults,
  ...streamFaults,
  ...toolFaults,
  ...toolStreamFaults,
  ...structuredFaults,
  ...reasoningFaults,
  ...observedFaults,
  ...responsesFaults,
  ...responsesStateFaults,
  ...responsesToolFaults,
  ...responsesStreamFaults,
  ...visionFaults,
  ...limitFaults,
  ...embeddingFaults,
  ...completionFaults,
  ...fieldRequestFaults,
  ...fieldStreamFaults,
  ...fieldCallFaults,
  ...fieldAnswerFaults,
  ...fieldEventFaults,
  ...anthropicFaults,
  ...azureFaults,
  ...opencodeFaults,
]

export const findFault = (name: string): Fault | undefined => faults.find((fault) => fault.name === name)
