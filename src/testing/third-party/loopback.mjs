// Preloaded into a server that cannot be told which address to listen on: keeps it on loopback and reports the port.
import { Server } from 'node:net'

const { listen } = Server.prototype

Server.prototype.listen = function (port, ...rest) {
  this.once('listening', () => process.send?.({ port: this.address().port }))
  const done = rest.find((value) => typeof value === 'function')
  return listen.call(this, { port, host: '127.0.0.1' }, done)
}

// Never outlives the process that started it.
process.on('disconnect', () => process.exit())
