import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { observers } from './index.ts'

const helpers = ['history', 'index', 'registry', 'votes']
const names = [...new Set(readdirSync(import.meta.dirname).map((file) => file.split('.')[0] as string))]

test('an observer lives in the file of its name, with a test beside it', () => {
  expect([...observers.keys()].sort()).toEqual(names.filter((name) => !helpers.includes(name)).sort())
  const files = readdirSync(import.meta.dirname)
  expect([...observers.keys()].filter((id) => !files.includes(`${id}.test.ts`))).toEqual([])
})
