import type { Observer } from '../types.ts'
import { absentDeltaMembers } from './absent-delta-members.ts'
import { emptyChoices } from './empty-choices.ts'
import { emptyToolId } from './empty-tool-id.ts'
import { errorEnvelopeDialect } from './error-envelope-dialect.ts'
import { foreignIds } from './foreign-ids.ts'
import { maxTokensField } from './max-tokens-field.ts'
import { modelsListWindow } from './models-list-window.ts'
import { namedChoiceFinish } from './named-choice-finish.ts'
import { reasoningCarrier } from './reasoning-carrier.ts'
import { reasoningHistory } from './reasoning-history.ts'
import { reasoningHistoryKey } from './reasoning-history-key.ts'
import { reasoningOff } from './reasoning-off.ts'
import { responsesDone } from './responses-done.ts'
import { sseForm } from './sse-form.ts'
import { storedResponses } from './stored-responses.ts'
import { streamUsageDefault } from './stream-usage-default.ts'
import { systemMessages } from './system-messages.ts'
import { toolIdStyle } from './tool-id-style.ts'
import { toolResultImages } from './tool-result-images.ts'
import { unknownMember } from './unknown-member.ts'
import { unknownModel } from './unknown-model.ts'

/** Every observer by id; `suites/catalog/observations.yaml` says what their values mean. */
export const observers: ReadonlyMap<string, Observer> = new Map(
  [
    absentDeltaMembers,
    emptyChoices,
    emptyToolId,
    errorEnvelopeDialect,
    foreignIds,
    maxTokensField,
    modelsListWindow,
    namedChoiceFinish,
    reasoningCarrier,
    reasoningHistoryKey,
    reasoningHistory,
    reasoningOff,
    responsesDone,
    sseForm,
    storedResponses,
    streamUsageDefault,
    systemMessages,
    toolIdStyle,
    toolResultImages,
    unknownMember,
    unknownModel,
  ].map((observer) => [observer.id, observer]),
)
