import { generateText, jsonSchema, streamText, tool } from 'ai-6'
import { createOpenAI } from 'ai-sdk-openai-3'
import { createOpenAICompatible } from 'ai-sdk-openai-compatible-2'
import { createSdkDrive, type Sdk } from './ai-sdk.ts'

export const sdk6: Sdk = {
  streamText,
  generateText,
  tool: tool as Sdk['tool'],
  jsonSchema,
  chat: (settings) => createOpenAICompatible(settings).chatModel,
  responses: (settings) => createOpenAI(settings).responses,
}

export const drive = createSdkDrive(sdk6)
