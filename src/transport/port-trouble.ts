/** Why a server cannot listen, and what to do; in words, because Node's are about its own arguments. */
export const portTrouble = ({ code, message }: NodeJS.ErrnoException, port: number, host = '127.0.0.1'): string => {
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} is in use; choose another with --port, or leave it out`
    case 'EACCES':
    case 'EPERM':
      return `there is no right to listen on port ${port}; choose one above 1023 with --port, or leave it out`
    case 'ERR_SOCKET_BAD_PORT':
      return `${port} is no port: they go from 0, which is any free one, to 65535`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `this machine has no address ${host} to listen on`
    default:
      return `cannot listen on port ${port}: ${message}`
  }
}
