#!/usr/bin/env node
import * as nodeModule from 'node:module'
import { exitCodes } from './exit-code.ts'
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

/** Half of Node and the parser ask for the current folder while they are loaded, and all would fail with a stack. */
const hasFolder = (): boolean => {
  try {
    process.cwd()
    return true
  } catch {
    return false
  }
}

if (text !== undefined) process.stdout.write(text)
else if (!hasFolder()) {
  process.stderr.write('wirecheck: the current folder is not there any more; go to one that is, and try again\n')
  process.exitCode = exitCodes.usage
} else {
  // Node 22.8 and later
  ;(nodeModule as { enableCompileCache?: () => void }).enableCompileCache?.()
  const { main } = await import('./main.ts')
  process.exitCode = await main(words)
}
