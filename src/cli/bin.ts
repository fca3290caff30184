#!/usr/bin/env node
import * as nodeModule from 'node:module'
import { helpTexts } from './help-texts.ts'

// asking for help must not cost more than printing it: no parser is loaded for these words
const words = process.argv.slice(2)
const asked = words.filter((word) => word !== '--help' && word !== '-h').join(' ')
const text =
  words.length === 0 || words.length !== asked.split(' ').filter(Boolean).length
    ? helpTexts[asked]
    : asked === '--version'
      ? helpTexts['--version']
      : undefined

if (text !== undefined) process.stdout.write(text)
else {
  // Node 22.8 and later
  ;(nodeModule as { enableCompileCache?: () => void }).enableCompileCache?.()
  const { main } = await import('./main.ts')
  process.exitCode = await main(words)
}
