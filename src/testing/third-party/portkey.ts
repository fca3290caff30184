import { fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ThirdParty } from './third-party.ts'

const manifest = createRequire(import.meta.url).resolve('@portkey-ai/gateway/package.json')

/**
 * Starts the Portkey gateway in front of another endpoint. Where to forward is told by request headers, as its
 * documentation says. Its program listens on every interface; the preloaded script holds it on loopback.
 */
export const startPortkey = async (upstream: string): Promise<ThirdParty> => {
  const child = fork(join(dirname(manifest), 'build/start-server.js'), ['--port=0', '--headless'], {
    execArgv: ['--import', fileURLToPath(new URL('./loopback.mjs', import.meta.url))],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const port = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the gateway ended with ${code} before it listened`)))
    child.once('message', (message) => resolve((message as { port: number }).port))
  })
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    headers: { 'x-portkey-provider': 'openai', 'x-portkey-custom-host': upstream },
    close: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill()
      }),
  }
}
