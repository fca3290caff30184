import { createSdkDrive } from './ai-sdk.ts'
import { sdk6 } from './ai-sdk-6.ts'

/** RQ-26: calls that cannot be made are turned into calls of this tool, whose result tells the model what was wrong. */
const invalidTool = {
  name: 'invalid',
  schema: { type: 'object', properties: { tool: { type: 'string' }, error: { type: 'string' } }, required: ['tool', 'error'] },
}

/** CH-129, CH-130: a name in another case is repaired; any other call that cannot be made is one of `invalid`. */
const repair = (call: { readonly toolName: string }, known: readonly string[], error: unknown): object => {
  const lower = call.toolName.toLowerCase()
  if (lower !== call.toolName && known.includes(lower)) return { ...call, toolName: lower }
  return {
    ...call,
    toolName: invalidTool.name,
    input: JSON.stringify({ tool: call.toolName, error: error instanceof Error ? error.message : String(error) }),
  }
}

/** OpenCode 1.18 bundles these very versions of the AI SDK; its own rules are in `opencode-rules.ts`. */
export const drive = createSdkDrive(sdk6, { tools: [invalidTool], repair })
