import type { Fault } from './bend.ts'
import { chatFaults, modelFaults } from './faults-chat.ts'
import { authFaults, errorFaults } from './faults-errors.ts'
import { paramFaults } from './faults-params.ts'
import { reasoningFaults } from './faults-reasoning.ts'
import { responsesFaults } from './faults-responses.ts'
import { responsesToolFaults } from './faults-responses-tools.ts'
import { responsesStreamFaults } from './faults-rstream.ts'
import { streamFaults } from './faults-stream.ts'
import { toolStreamFaults } from './faults-tool-stream.ts'
import { toolFaults } from './faults-tools.ts'
import { transportFaults } from './faults-transport.ts'

/** Every single fault the server can be started with. */
export const faults: Fault[] = [
  ...transportFaults,
  ...authFaults,
  ...errorFaults,
  ...modelFaults,
  ...chatFaults,
  ...paramFaults,
  ...streamFaults,
  ...toolFaults,
  ...toolStreamFaults,
  ...responsesFaults,
  ...responsesToolFaults,
  ...responsesStreamFaults,
  ...reasoningFaults,
]
