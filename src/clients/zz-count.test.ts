import { test } from 'vitest'
import { callRows, chatRows, refusalRows } from '../testing/client-rows.ts'
import { responsesRows } from '../testing/client-rows-responses.ts'
import { replay } from './replay.ts'
test('count', async () => {
  const rows = [...chatRows, ...callRows, ...refusalRows, ...responsesRows]
  console.log('forms', rows.length, 'ids', new Set(rows.map((r) => r.id)).size, 'named symptoms', rows.filter((r) => r.symptom).length)
  for (const [client, key] of [['opencode-1.18', 'opencode'], ['ai-sdk-6', 'sdk6'], ['ai-sdk-7', 'sdk7'], ['openai-node', 'openai']] as const) {
    let right = 0
    for (const row of rows) { const r = (await replay(row.exchange, client)).result; if ((r === 'degraded' ? 'works' : r) === row[key]) right++ }
    console.log(client, right, rows.length)
  }
})
