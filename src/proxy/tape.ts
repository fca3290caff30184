/** Bytes as they pass, up to a limit. They are copied: a slice would keep the whole read of its socket in memory. */
export interface Tape {
  /** @returns how many bytes of the part were kept */
  readonly add: (part: Uint8Array) => number
  readonly size: () => number
  /** More has passed than is kept. */
  readonly isCut: () => boolean
  readonly whole: () => Buffer
}

const firstBytes = 4096

export const createTape = (limit: number): Tape => {
  let buffer: Buffer = Buffer.alloc(0)
  let size = 0
  let cut = false
  return {
    add: (part) => {
      const kept = Math.min(part.byteLength, limit - size)
      if (kept < part.byteLength) cut = true
      if (kept === 0) return 0
      if (size + kept > buffer.length) {
        const larger = Buffer.allocUnsafe(Math.min(limit, Math.max(firstBytes, buffer.length * 2, size + kept)))
        larger.set(buffer.subarray(0, size))
        buffer = larger
      }
      buffer.set(kept === part.byteLength ? part : part.subarray(0, kept), size)
      size += kept
      return kept
    },
    size: () => size,
    isCut: () => cut,
    whole: () => buffer.subarray(0, size),
  }
}
