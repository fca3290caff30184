import type { Probe } from '../types.ts'
import type { Terminal } from './terminal.ts'

export interface Progress {
  readonly onProbe: (event: { probe: Probe; state: 'started' | 'ended' | 'skipped'; reason?: string }) => void
  readonly onExchange: () => void
  readonly end: () => void
}

/** On a terminal one line that is redrawn; elsewhere one line per probe as it ends. */
export const createProgress = ({ err, live, palette, width }: Terminal, total: number, quiet: boolean): Progress => {
  if (quiet) return { onProbe: () => undefined, onExchange: () => undefined, end: () => undefined }
  const startedAt = Date.now()
  const running = new Set<string>()
  let done = 0
  let requests = 0
  const draw = () => {
    if (!live) return
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(0)
    const line = `  ${done}/${total} probes  ${requests} requests  ${seconds} s  ${[...running].at(-1) ?? ''}`
    err(`\r\u001B[2K${palette.dim(line.slice(0, width - 1))}`)
  }
  return {
    onProbe: ({ probe, state, reason }) => {
      if (state === 'started') running.add(probe.id)
      else {
        running.delete(probe.id)
        done++
        if (!live)
          err(
            `  ${String(done).padStart(String(total).length)}/${total}  ${probe.id}${reason === undefined ? '' : `  skipped: ${reason}`}\n`,
          )
      }
      draw()
    },
    onExchange: () => {
      requests++
      draw()
    },
    end: () => {
      if (live) err('\r\u001B[2K')
    },
  }
}
