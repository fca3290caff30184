import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { codeSpan, link, prose } from './build/markdown-prose.ts'
import { anchorOf, pageInput, suitesPage } from './build/suites-page.ts'

const page = readFileSync(new URL('../suites/README.md', import.meta.url), 'utf8')
const input = pageInput()
const requirements = input.suites.flatMap((suite) => suite.requirements)

test('the page is current: node src/build/run.mjs suites-page', () => {
  // one line is told, because the difference of two long texts is slow to find and long to read
  const [written, current] = [page.split('\n'), suitesPage(input).split('\n')]
  const at = current.findIndex((line, index) => line !== written[index])
  expect(at < 0 ? undefined : written[at]).toBe(at < 0 ? undefined : current[at])
  expect(written.length).toBe(current.length)
})

test('every requirement, observation and exclusion has its place, once', () => {
  const ids = [...requirements, ...input.observations, ...input.leftOut.excluded].map(({ id }) => id)
  const places = [...suitesPage(input).matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id)
  expect(places.sort()).toEqual(ids.sort())
})

test('the contents lead to headings', () => {
  const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, title = '']) => anchorOf(title))
  const links = [...page.matchAll(/^- \[[^\]]+\]\(#([^)]+)\)$/gm)].map(([, anchor]) => anchor)
  expect(new Set(headings).size).toBe(headings.length)
  expect(['contents', ...links].sort()).toEqual(headings.sort())
})

test('a page without exclusions has no section for them', () => {
  const text = suitesPage({ ...input, leftOut: { excluded: [], catalogue: {}, levels: {} } })
  expect(text).not.toContain('Not tested')
  expect(text.endsWith('\n')).toBe(true)
})

test('prose keeps its code and loses all other markup', () => {
  expect(prose('A `tool_calls: [<x>]` and *a* [b](c) <d> $defs snake_case _e_ &amp; a|b')).toBe(
    'A `tool_calls: [<x>]` and \\*a\\* \\[b\\](c) \\<d\\> \\$defs snake_case \\_e\\_ \\&amp; a\\|b',
  )
  expect(prose('one ` alone\n  and @user')).toBe('one \\` alone and \\@user')
})

test('a code span and a link hold whatever is in them', () => {
  expect([codeSpan('a'), codeSpan('a`b'), codeSpan('`'), codeSpan('a\n b')]).toEqual(['`a`', '``a`b``', '`` ` ``', '`a b`'])
  expect(link('a [b]', 'https://example.com/x (y)')).toBe('[a \\[b\\]](https://example.com/x%20%28y%29)')
})
