// Preloaded into a server that cannot be told which address to listen on: keeps it on loopback and reports the port.
import { Server } from 'node:net'

const { listen } = Server.prototype
const { Response } = globalThis

Server.prototype.listen = function (port, ...rest) {
  // By now the server's framework has put a class of its own in the place of the platform's; see portkey.ts.
  if (process.argv.includes('--platform-response')) Object.defineProperty(globalThis, 'Response', { value: Response })
  this.once('listening', () => process.send({ port: this.address().port }))
  return listen.call(
    this,
    { port, host: '127.0.0.1' },
    rest.find((value) => typeof value === 'function'),
  )
}

// Does not outlive the process that started it.
process.on('disconnect', () => process.exit())
