import type { Call, Stages } from '../exchange.ts'
import { errorAnswer } from '../refusal.ts'
import { base as usualBase } from '../routes.ts'
import type { Dialect } from './dialect.ts'

const paths = {
  chat: '/chat/completions',
  responses: '/responses',
  completions: '/completions',
  embeddings: '/embeddings',
  messages: '/messages',
} as const

export type Path = keyof typeof paths

const starts = (target: string, path: string): boolean => target.startsWith(path) && /^([/?]|$)/.test(target.slice(path.length))

/** What is nowhere must look so to everything that reads the target later. */
const nowhere = (call: Call) => {
  const [path] = call.target.split('?', 1)
  call.target = '/nowhere'
  return errorAnswer(`Invalid URL (${call.method} ${path})`, { status: 404, about: 'path' })
}

/** Serves at another base URL, and there only; endpoints that the vendor does not have are unknown paths. */
export const reachedAt = ({ base = usualBase, serves }: Dialect): Stages => {
  const absent = (Object.keys(paths) as Path[]).filter((name) => !serves.includes(name)).map((name) => usualBase + paths[name])
  const isAzure = base.startsWith('/openai/')
  return {
    call: (call) => {
      if (isAzure) return starts(call.target, '/openai') ? undefined : nowhere(call)
      if (!starts(call.target, base)) return nowhere(call)
      const target = usualBase + call.target.slice(base.length)
      if (absent.some((path) => starts(target, path))) return nowhere(call)
      call.target = target
      return undefined
    },
  }
}
