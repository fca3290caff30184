import type { AnyCheck } from '../types.ts'
import { accepted } from './accepted.ts'
import { afterDone } from './after-done.ts'
import { answerOnStop } from './answer-on-stop.ts'
import { anthropicErrors } from './anthropic-errors.ts'
import { anthropicHeaders } from './anthropic-headers.ts'
import { anthropicMaxTokens } from './anthropic-max-tokens.ts'
import { anthropicMessage } from './anthropic-message.ts'
import { anthropicStreamDeltas } from './anthropic-stream-deltas.ts'
import { anthropicStreamNames } from './anthropic-stream-names.ts'
import { anthropicStreamOrder } from './anthropic-stream-order.ts'
import { anthropicTools } from './anthropic-tools.ts'
import { assistantPrefill } from './assistant-prefill.ts'
import { azureAddress } from './azure-address.ts'
import { azureCredentials } from './azure-credentials.ts'
import { azureDeploymentMissing } from './azure-deployment-missing.ts'
import { azureFilterBlock } from './azure-filter-block.ts'
import { azureFilterChunk } from './azure-filter-chunk.ts'
import { choiceIndex } from './choice-index.ts'
import { choicesAsked } from './choices-asked.ts'
import { choicesEmpty } from './choices-empty.ts'
import { completionOptions } from './completion-options.ts'
import { completionPrompts } from './completion-prompts.ts'
import { completionShape } from './completion-shape.ts'
import { completionStream } from './completion-stream.ts'
import { concurrency } from './concurrency.ts'
import { contentCoding } from './content-coding.ts'
import { contextOverflow } from './context-overflow.ts'
import { corsPreflight } from './cors-preflight.ts'
import { createdClock } from './created-clock.ts'
import { declaredAccepted } from './declared-accepted.ts'
import { defaultLength } from './default-length.ts'
import { deltaContentKey } from './delta-content-key.ts'
import { droppedParams } from './dropped-params.ts'
import { embeddingBase64 } from './embedding-base64.ts'
import { embeddingBatch } from './embedding-batch.ts'
import { embeddingDimensions } from './embedding-dimensions.ts'
import { embeddingFloat } from './embedding-float.ts'
import { embeddingRefused } from './embedding-refused.ts'
import { embeddingShape } from './embedding-shape.ts'
import { embeddingUsage } from './embedding-usage.ts'
import { errorCode } from './error-code.ts'
import { errorEnvelope } from './error-envelope.ts'
import { errorMember } from './error-member.ts'
import { errorParity } from './error-parity.ts'
import { finishLast } from './finish-last.ts'
import { finishOnce } from './finish-once.ts'
import { finishOwnChunk } from './finish-own-chunk.ts'
import { headAnswer } from './head-answer.ts'
import { historyKept } from './history-kept.ts'
import { idUnique } from './id-unique.ts'
import { jsonAcceptStream } from './json-accept-stream.ts'
import { jsonContentType } from './json-content-type.ts'
import { jsonSingleValue } from './json-single-value.ts'
import { keepAlive } from './keep-alive.ts'
import { keyAccepted } from './key-accepted.ts'
import { keyEcho } from './key-echo.ts'
import { keyFirst } from './key-first.ts'
import { keyIgnored } from './key-ignored.ts'
import { keyRefused } from './key-refused.ts'
import { largeCap } from './large-cap.ts'
import { lengthFinish } from './length-finish.ts'
import { logprobsAlign } from './logprobs-align.ts'
import { logprobsEntries } from './logprobs-entries.ts'
import { longInput } from './long-input.ts'
import { malformedMessages } from './malformed-messages.ts'
import { messageClean } from './message-clean.ts'
import { messageComplete } from './message-complete.ts'
import { midStreamError } from './mid-stream-error.ts'
import { modelEcho } from './model-echo.ts'
import { modelIdUsable } from './model-id-usable.ts'
import { modelMetadata } from './model-metadata.ts'
import { modelNotFound } from './model-not-found.ts'
import { modelRetrieved } from './model-retrieved.ts'
import { modelServed } from './model-served.ts'
import { moreToolsCounted } from './more-tools-counted.ts'
import { noFakeFinish } from './no-fake-finish.ts'
import { noRedirect } from './no-redirect.ts'
import { noServerError } from './no-server-error.ts'
import { not422 } from './not-422.ts'
import { oddityAccepted } from './oddity-accepted.ts'
import { outputCap } from './output-cap.ts'
import { overflowError } from './overflow-error.ts'
import { paramNamesField } from './param-names-field.ts'
import { promptGrows } from './prompt-grows.ts'
import { promptNotCut } from './prompt-not-cut.ts'
import { quotaCode } from './quota-code.ts'
import { rateLimitHeaders } from './rate-limit-headers.ts'
import { reachesPrompt } from './reaches-prompt.ts'
import { reasoningBudget } from './reasoning-budget.ts'
import { reasoningDisable } from './reasoning-disable.ts'
import { reasoningEffort } from './reasoning-effort.ts'
import { reasoningMember } from './reasoning-member.ts'
import { reasoningOffAnswer } from './reasoning-off-answer.ts'
import { reasoningReturned } from './reasoning-returned.ts'
import { reasoningSeparate } from './reasoning-separate.ts'
import { reasoningStreamOrder } from './reasoning-stream-order.ts'
import { refusedKeyBody } from './refused-key-body.ts'
import { requestId } from './request-id.ts'
import { responsesAuxiliary } from './responses-auxiliary.ts'
import { responsesBackground } from './responses-background.ts'
import { responsesCancel } from './responses-cancel.ts'
import { responsesCap } from './responses-cap.ts'
import { responsesContinued } from './responses-continued.ts'
import { responsesDeleted } from './responses-deleted.ts'
import { responsesEcho } from './responses-echo.ts'
import { responsesIdentity } from './responses-identity.ts'
import { responsesInclude } from './responses-include.ts'
import { responsesInputItems } from './responses-input-items.ts'
import { responsesMessage } from './responses-message.ts'
import { responsesOutput } from './responses-output.ts'
import { responsesStatus } from './responses-status.ts'
import { responsesStored } from './responses-stored.ts'
import { responsesTextFormat } from './responses-text-format.ts'
import { responsesTurn } from './responses-turn.ts'
import { responsesUsage } from './responses-usage.ts'
import { retryAfter } from './retry-after.ts'
import { roleFirst } from './role-first.ts'
import { roleOnce } from './role-once.ts'
import { roleValue } from './role-value.ts'
import { rreasoningEffort } from './rreasoning-effort.ts'
import { rreasoningEncrypted } from './rreasoning-encrypted.ts'
import { rreasoningItem } from './rreasoning-item.ts'
import { rreasoningStream } from './rreasoning-stream.ts'
import { rstreamContentIndex } from './rstream-content-index.ts'
import { rstreamContiguous } from './rstream-contiguous.ts'
import { rstreamCreated } from './rstream-created.ts'
import { rstreamError } from './rstream-error.ts'
import { rstreamEventName } from './rstream-event-name.ts'
import { rstreamEventTypes } from './rstream-event-types.ts'
import { rstreamExtensions } from './rstream-extensions.ts'
import { rstreamInProgress } from './rstream-in-progress.ts'
import { rstreamIncomplete } from './rstream-incomplete.ts'
import { rstreamItemAdded } from './rstream-item-added.ts'
import { rstreamItemDone } from './rstream-item-done.ts'
import { rstreamItemId } from './rstream-item-id.ts'
import { rstreamOutputIndex } from './rstream-output-index.ts'
import { rstreamPartAdded } from './rstream-part-added.ts'
import { rstreamResponseId } from './rstream-response-id.ts'
import { rstreamSentinel } from './rstream-sentinel.ts'
import { rstreamSequence } from './rstream-sequence.ts'
import { rstreamSnapshot } from './rstream-snapshot.ts'
import { rstreamTerminal } from './rstream-terminal.ts'
import { rstreamTextDone } from './rstream-text-done.ts'
import { rtoolsCall } from './rtools-call.ts'
import { rtoolsChoice } from './rtools-choice.ts'
import { rtoolsStream } from './rtools-stream.ts'
import { samplingRange } from './sampling-range.ts'
import { schemeCase } from './scheme-case.ts'
import { seedRepeats } from './seed-repeats.ts'
import { shape } from './shape.ts'
import { sseClose } from './sse-close.ts'
import { sseDataLine } from './sse-data-line.ts'
import { sseDataless } from './sse-dataless.ts'
import { sseFraming } from './sse-framing.ts'
import { sseIncremental } from './sse-incremental.ts'
import { sseKeepAlive } from './sse-keep-alive.ts'
import { sseLineFeeds } from './sse-line-feeds.ts'
import { sseNoId } from './sse-no-id.ts'
import { sseOneJson } from './sse-one-json.ts'
import { sseUtf8 } from './sse-utf8.ts'
import { status } from './status.ts'
import { statusBeforeHeaders } from './status-before-headers.ts'
import { statusClass } from './status-class.ts'
import { stopLeak } from './stop-leak.ts'
import { stopSequence } from './stop-sequence.ts'
import { streamCacheControl } from './stream-cache-control.ts'
import { streamCancel } from './stream-cancel.ts'
import { streamContentType } from './stream-content-type.ts'
import { streamCreatedStable } from './stream-created-stable.ts'
import { streamDone } from './stream-done.ts'
import { streamFailedFirst } from './stream-failed-first.ts'
import { streamGranularity } from './stream-granularity.ts'
import { streamIdStable } from './stream-id-stable.ts'
import { streamIncrements } from './stream-increments.ts'
import { streamN } from './stream-n.ts'
import { streamObfuscation } from './stream-obfuscation.ts'
import { streamOptionsAccepted } from './stream-options-accepted.ts'
import { streamProgress } from './stream-progress.ts'
import { streamSwitch } from './stream-switch.ts'
import { structuredInvalid } from './structured-invalid.ts'
import { structuredJsonObject } from './structured-json-object.ts'
import { structuredPlain } from './structured-plain.ts'
import { structuredReasoning } from './structured-reasoning.ts'
import { structuredRefusal } from './structured-refusal.ts'
import { structuredSchema } from './structured-schema.ts'
import { structuredTruncation } from './structured-truncation.ts'
import { throttledStatus } from './throttled-status.ts'
import { toolCall } from './tool-call.ts'
import { toolCallArguments } from './tool-call-arguments.ts'
import { toolCallIdUnique } from './tool-call-id-unique.ts'
import { toolCallName } from './tool-call-name.ts'
import { toolCallSchema } from './tool-call-schema.ts'
import { toolChoice } from './tool-choice.ts'
import { toolDeltaBlanks } from './tool-delta-blanks.ts'
import { toolFinish } from './tool-finish.ts'
import { toolHeadArguments } from './tool-head-arguments.ts'
import { toolLegacyFunctions } from './tool-legacy-functions.ts'
import { toolMarkupLeak } from './tool-markup-leak.ts'
import { toolNestedValues } from './tool-nested-values.ts'
import { toolNoParameters } from './tool-no-parameters.ts'
import { toolParallel } from './tool-parallel.ts'
import { toolParallelDisabled } from './tool-parallel-disabled.ts'
import { toolParity } from './tool-parity.ts'
import { toolStreamArguments } from './tool-stream-arguments.ts'
import { toolStreamDense } from './tool-stream-dense.ts'
import { toolStreamHead } from './tool-stream-head.ts'
import { toolStreamHeadOnce } from './tool-stream-head-once.ts'
import { toolStreamIdentity } from './tool-stream-identity.ts'
import { toolStreamIncremental } from './tool-stream-incremental.ts'
import { toolStreamIndex } from './tool-stream-index.ts'
import { toolStreamOneEntry } from './tool-stream-one-entry.ts'
import { toolStreamSequential } from './tool-stream-sequential.ts'
import { toolStrict } from './tool-strict.ts'
import { toolTurnAccepted } from './tool-turn-accepted.ts'
import { toolTurnResult } from './tool-turn-result.ts'
import { toolsCounted } from './tools-counted.ts'
import { unicodeEcho } from './unicode-echo.ts'
import { unknownMembers } from './unknown-members.ts'
import { unknownParam } from './unknown-param.ts'
import { unknownPathBody } from './unknown-path-body.ts'
import { usageBounds } from './usage-bounds.ts'
import { usageCached } from './usage-cached.ts'
import { usageMonotonic } from './usage-monotonic.ts'
import { usageNullElsewhere } from './usage-null-elsewhere.ts'
import { usageOnRequest } from './usage-on-request.ts'
import { usageOnceLast } from './usage-once-last.ts'
import { usageOptIn } from './usage-opt-in.ts'
import { usageOwnChunk } from './usage-own-chunk.ts'
import { usageReasoning } from './usage-reasoning.ts'
import { usageStreamParity } from './usage-stream-parity.ts'
import { usageSum } from './usage-sum.ts'
import { visionCounted } from './vision-counted.ts'
import { visionDropped } from './vision-dropped.ts'
import { visionInvalid } from './vision-invalid.ts'
import { visionInvalidNamed } from './vision-invalid-named.ts'
import { visionOrdered } from './vision-ordered.ts'
import { visionRefusalStatus } from './vision-refusal-status.ts'
import { visionSeen } from './vision-seen.ts'
import { wholeAccepted } from './whole-accepted.ts'
import { wrongMethod } from './wrong-method.ts'
import { wwwAuthenticate } from './www-authenticate.ts'

/** Every check by id. Written by `npm run registry` from the files of this folder. */
export const checks: ReadonlyMap<string, AnyCheck> = new Map(
  [
    accepted,
    afterDone,
    answerOnStop,
    anthropicErrors,
    anthropicHeaders,
    anthropicMaxTokens,
    anthropicMessage,
    anthropicStreamDeltas,
    anthropicStreamNames,
    anthropicStreamOrder,
    anthropicTools,
    assistantPrefill,
    azureAddress,
    azureCredentials,
    azureDeploymentMissing,
    azureFilterBlock,
    azureFilterChunk,
    choiceIndex,
    choicesAsked,
    choicesEmpty,
    completionOptions,
    completionPrompts,
    completionShape,
    completionStream,
    concurrency,
    contentCoding,
    contextOverflow,
    corsPreflight,
    createdClock,
    declaredAccepted,
    defaultLength,
    deltaContentKey,
    droppedParams,
    embeddingBase64,
    embeddingBatch,
    embeddingDimensions,
    embeddingFloat,
    embeddingRefused,
    embeddingShape,
    embeddingUsage,
    errorCode,
    errorEnvelope,
    errorMember,
    errorParity,
    finishLast,
    finishOnce,
    finishOwnChunk,
    headAnswer,
    historyKept,
    idUnique,
    jsonAcceptStream,
    jsonContentType,
    jsonSingleValue,
    keepAlive,
    keyAccepted,
    keyEcho,
    keyFirst,
    keyIgnored,
    keyRefused,
    largeCap,
    lengthFinish,
    logprobsAlign,
    logprobsEntries,
    longInput,
    malformedMessages,
    messageClean,
    messageComplete,
    midStreamError,
    modelEcho,
    modelIdUsable,
    modelMetadata,
    modelNotFound,
    modelRetrieved,
    modelServed,
    moreToolsCounted,
    noFakeFinish,
    noRedirect,
    noServerError,
    not422,
    oddityAccepted,
    outputCap,
    overflowError,
    paramNamesField,
    promptGrows,
    promptNotCut,
    quotaCode,
    rateLimitHeaders,
    reachesPrompt,
    reasoningBudget,
    reasoningDisable,
    reasoningEffort,
    reasoningMember,
    reasoningOffAnswer,
    reasoningReturned,
    reasoningSeparate,
    reasoningStreamOrder,
    refusedKeyBody,
    requestId,
    responsesAuxiliary,
    responsesBackground,
    responsesCancel,
    responsesCap,
    responsesContinued,
    responsesDeleted,
    responsesEcho,
    responsesIdentity,
    responsesInclude,
    responsesInputItems,
    responsesMessage,
    responsesOutput,
    responsesStatus,
    responsesStored,
    responsesTextFormat,
    responsesTurn,
    responsesUsage,
    retryAfter,
    roleFirst,
    roleOnce,
    roleValue,
    rreasoningEffort,
    rreasoningEncrypted,
    rreasoningItem,
    rreasoningStream,
    rstreamContentIndex,
    rstreamContiguous,
    rstreamCreated,
    rstreamError,
    rstreamEventName,
    rstreamEventTypes,
    rstreamExtensions,
    rstreamInProgress,
    rstreamIncomplete,
    rstreamItemAdded,
    rstreamItemDone,
    rstreamItemId,
    rstreamOutputIndex,
    rstreamPartAdded,
    rstreamResponseId,
    rstreamSentinel,
    rstreamSequence,
    rstreamSnapshot,
    rstreamTerminal,
    rstreamTextDone,
    rtoolsCall,
    rtoolsChoice,
    rtoolsStream,
    samplingRange,
    schemeCase,
    seedRepeats,
    shape,
    sseClose,
    sseDataLine,
    sseDataless,
    sseFraming,
    sseIncremental,
    sseKeepAlive,
    sseLineFeeds,
    sseNoId,
    sseOneJson,
    sseUtf8,
    statusBeforeHeaders,
    statusClass,
    status,
    stopLeak,
    stopSequence,
    streamCacheControl,
    streamCancel,
    streamContentType,
    streamCreatedStable,
    streamDone,
    streamFailedFirst,
    streamGranularity,
    streamIdStable,
    streamIncrements,
    streamN,
    streamObfuscation,
    streamOptionsAccepted,
    streamProgress,
    streamSwitch,
    structuredInvalid,
    structuredJsonObject,
    structuredPlain,
    structuredReasoning,
    structuredRefusal,
    structuredSchema,
    structuredTruncation,
    throttledStatus,
    toolCallArguments,
    toolCallIdUnique,
    toolCallName,
    toolCallSchema,
    toolCall,
    toolChoice,
    toolDeltaBlanks,
    toolFinish,
    toolHeadArguments,
    toolLegacyFunctions,
    toolMarkupLeak,
    toolNestedValues,
    toolNoParameters,
    toolParallelDisabled,
    toolParallel,
    toolParity,
    toolStreamArguments,
    toolStreamDense,
    toolStreamHeadOnce,
    toolStreamHead,
    toolStreamIdentity,
    toolStreamIncremental,
    toolStreamIndex,
    toolStreamOneEntry,
    toolStreamSequential,
    toolStrict,
    toolTurnAccepted,
    toolTurnResult,
    toolsCounted,
    unicodeEcho,
    unknownMembers,
    unknownParam,
    unknownPathBody,
    usageBounds,
    usageCached,
    usageMonotonic,
    usageNullElsewhere,
    usageOnRequest,
    usageOnceLast,
    usageOptIn,
    usageOwnChunk,
    usageReasoning,
    usageStreamParity,
    usageSum,
    visionCounted,
    visionDropped,
    visionInvalidNamed,
    visionInvalid,
    visionOrdered,
    visionRefusalStatus,
    visionSeen,
    wholeAccepted,
    wrongMethod,
    wwwAuthenticate,
  ].map((check: AnyCheck) => [check.id, check]),
)
