// Runs real clients against the reference endpoint under faults, and compares what they do with what their replay says.
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { laboratory } from '../laboratory/laboratory.ts'

const { values } = parseArgs({ options: { sample: { type: 'string' }, clients: { type: 'string' } } })
const root = fileURLToPath(new URL('../../', import.meta.url))

process.exitCode = await laboratory({
  root,
  ...(values.sample === undefined ? {} : { sample: Number(values.sample) }),
  ...(values.clients === undefined ? {} : { clients: values.clients.split(',').filter((client) => client !== '') }),
  again: [process.execPath, `${root}src/build/run.mjs`, 'laboratory', ...process.argv.slice(2)],
})
