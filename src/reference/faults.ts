import type { Fault } from './exchange.ts'
import { authFaults } from './faults/auth.ts'
import { chatFaults } from './faults/chat.ts'
import { errorFaults } from './faults/errors.ts'
import { modelFaults } from './faults/models.ts'
import { paramFaults } from './faults/params.ts'
import { reasoningFaults } from './faults/reasoning.ts'
import { responsesFaults } from './faults/responses.ts'
import { responsesStateFaults } from './faults/responses-state.ts'
import { responsesStreamFaults } from './faults/responses-stream.ts'
import { responsesToolFaults } from './faults/responses-tools.ts'
import { sseFaults } from './faults/sse.ts'
import { streamFaults } from './faults/stream.ts'
import { toolStreamFaults } from './faults/tool-stream.ts'
import { toolFaults } from './faults/tools.ts'
import { transportFaults } from './faults/transport.ts'
import { validationFaults } from './faults/validation.ts'

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
  ...reasoningFaults,
  ...responsesFaults,
  ...responsesStateFaults,
  ...responsesToolFaults,
  ...responsesStreamFaults,
]

export const findFault = (name: string): Fault | undefined => faults.find((fault) => fault.name === name)
