/** The clients whose code is bundled; apart from the rest, so that naming them loads nothing. */
export const clientIds = ['opencode-1.18', 'ai-sdk-6', 'ai-sdk-7', 'openai-node'] as const
export type ClientId = (typeof clientIds)[number]
