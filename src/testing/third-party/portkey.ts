import { fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ThirdParty } from './third-party.ts'

const require = createRequire(import.meta.url)
const manifest = require.resolve('@portkey-ai/gateway/package.json')
const preload = fileURLToPath(new URL('./loopback.mjs', import.meta.url))

/**
 * as-installed: what npm puts together today. Its web framework is newer than the one the gateway was written for, and
 * every stream fails (https://github.com/Portkey-AI/gateway/issues/1389).
 * platform-response: the same programs, but `Response` stays the class of the platform; then streams work.
 */
export type PortkeyBuild = 'as-installed' | 'platform-response'

/**
 * Starts the Portkey gateway in front of another endpoint. Where to forward is told by request headers, as its
 * documentation says. Its program listens on every interface; the preloaded script holds it on loopback.
 */
export const startPortkey = async (upstream: string, build: PortkeyBuild): Promise<ThirdParty> => {
  const flags = build === 'platform-response' ? ['--platform-response'] : []
  const child = fork(join(dirname(manifest), 'build', 'start-server.js'), ['--port=0', '--headless', ...flags], {
    execArgv: ['--import', preload],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const port = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the gateway ended with ${code} before it listened`)))
    child.once('message', (message) => resolve((message as { port: number }).port))
  })
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    headers: { 'x-portkey-provider': 'openai', 'x-portkey-custom-host': upstream },
    close: () => {
      child.kill()
      return ended
    },
  }
}
