import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { portTrouble } from './port-trouble.ts'

test.each([
  ['EACCES', 'there is no right to listen on port 80; choose one above 1023 with --port, or leave it out'],
  ['EADDRINUSE', 'port 80 is in use; choose another with --port, or leave it out'],
  ['EADDRNOTAVAIL', 'this machine has no address h to listen on'],
  ['EMFILE', 'cannot listen on port 80: too many'],
])('%s', (code, words) => expect(portTrouble(Object.assign(new Error('too many'), { code }), 80, 'h')).toBe(words))

test('what Node throws for a number that is no port', () => {
  const thrown = (port: number) => {
    try {
      createServer().listen(port)
      return undefined
    } catch (error) {
      return portTrouble(error as Error, port)
    }
  }
  for (const port of [99_999, -1]) expect(thrown(port)).toBe(`${port} is no port: they go from 0, which is any free one, to 65535`)
})
