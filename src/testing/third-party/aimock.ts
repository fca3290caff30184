import { LLMock } from '@copilotkit/aimock'
import { answer } from './aimock-model.ts'
import type { ThirdParty } from './third-party.ts'

/** Starts aimock with one fixture, which answers every prompt. */
export const startAimock = async (): Promise<ThirdParty> => {
  const mock = new LLMock({ host: '127.0.0.1', port: 0, logLevel: 'silent', auth: { apiKeys: [aimockKey] } })
  mock.on({ predicate: () => true }, answer)
  await mock.start()
  return { baseUrl: `${mock.url}/v1`, headers: {}, close: () => mock.stop() }
}

/** aimock takes any key unless it is given some. */
export const aimockKey = 'sk-aimock-0123456789'
