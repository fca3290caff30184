import { generateText, jsonSchema, streamText, tool } from 'ai-7'
import { createOpenAI } from 'ai-sdk-openai-4'
import { createOpenAICompatible } from 'ai-sdk-openai-compatible-3'
import { createSdkDrive, type Sdk } from './ai-sdk.ts'

const sdk7: Sdk = {
  streamText,
  generateText,
  tool: tool as Sdk['tool'],
  jsonSchema,
  chat: (settings) => createOpenAICompatible(settings).chatModel,
  responses: (settings) => createOpenAI(settings).responses,
}

export const drive = createSdkDrive(sdk7)
