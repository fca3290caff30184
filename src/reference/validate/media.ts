import { inflateSync } from 'node:zlib'
import type { Json } from '../exchange.ts'
import { invalid, missing } from '../refusal.ts'
import { isObject, members, object, oneOf, string } from './members.ts'

/** Names of the colours that the model knows, by red, green and blue. */
const colours: Readonly<Record<string, readonly [number, number, number]>> = {
  red: [255, 0, 0],
  green: [0, 160, 0],
  blue: [0, 0, 255],
  yellow: [255, 255, 0],
  white: [255, 255, 255],
  black: [0, 0, 0],
}

const nearest = (pixel: readonly number[]): string => {
  const distance = ([, rgb]: (typeof list)[number]) => rgb.reduce((sum, value, index) => sum + Math.abs(value - (pixel[index] ?? 0)), 0)
  const list = Object.entries(colours)
  return list.reduce((best, entry) => (distance(entry) < distance(best) ? entry : best))[0]
}

/** The first pixel of a PNG of three bytes per pixel: all that this model sees of it. */
const firstPixel = (png: Buffer): readonly number[] | undefined => {
  const data: Buffer[] = []
  for (let at = 8; at + 12 <= png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  }
  try {
    return [...inflateSync(Buffer.concat(data), { maxOutputLength: 1 << 24 }).subarray(1, 4)]
  } catch {
    return undefined
  }
}

const heads: Readonly<Record<string, RegExp>> = { png: /^\x89PNG\r\n\x1a\n/, jpeg: /^\xff\xd8\xff/, gif: /^GIF8/, webp: /^RIFF.{4}WEBP/s }

/** A picture as the words that stand for it in the prompt. Remote ones are not fetched: this endpoint calls nobody. */
const readImage = (part: Json, path: string): string => {
  if (!isObject(part.image_url)) throw missing(`${path}.image_url`)
  members({ url: string, detail: oneOf('auto', 'low', 'high') })(part.image_url, `${path}.image_url`)
  const { url } = part.image_url
  if (url === undefined) throw missing(`${path}.image_url.url`)
  const base64 = /^data:image\/[\w.+-]+;base64,([A-Za-z0-9+/]+={0,2})$/.exec(url)?.[1]
  if (base64 === undefined)
    throw invalid(`${path}.image_url.url`, 'The image cannot be fetched: send a base64 data URL.', 'invalid_image_url')
  const bytes = Buffer.from(base64, 'base64')
  const format = Object.keys(heads).find((name) => heads[name]?.test(bytes.toString('latin1', 0, 12)))
  const pixel = format === 'png' ? firstPixel(bytes) : []
  if (format === undefined || pixel === undefined)
    throw invalid(`${path}.image_url.url`, 'The image data does not represent a valid image.', 'invalid_image_format')
  return pixel.length < 3 ? '<picture>' : `<picture ${nearest(pixel)}>`
}

const readSound = (part: Json, path: string): string => {
  object(part.input_audio, `${path}.input_audio`)
  members({ data: string, format: oneOf('wav', 'mp3') })(part.input_audio, `${path}.input_audio`)
  if (!part.input_audio.data) throw missing(`${path}.input_audio.data`)
  return '<sound>'
}

/** The texts that a plain PDF shows; one that is compressed is taken without being read. */
const readFile = (part: Json, path: string): string => {
  object(part.file, `${path}.file`)
  members({ file_data: string, filename: string, file_id: string })(part.file, `${path}.file`)
  const bytes = Buffer.from(String(part.file.file_data ?? '').replace(/^data:[^,]*,/, ''), 'base64').toString('latin1')
  if (!bytes.startsWith('%PDF')) throw invalid(`${path}.file.file_data`, 'The file is no PDF.')
  return `<file ${[...bytes.matchAll(/\(([^()\\]*)\) ?Tj/g)].map(([, text]) => text).join(' ')}>`
}

const readers: Readonly<Record<string, (part: Json, path: string) => string>> = {
  image_url: readImage,
  input_audio: readSound,
  file: readFile,
}

/** A content whose pictures, sounds and files have become text, which is how the model takes them in. */
export const readMedia = (content: Json, path: string): Json =>
  Array.isArray(content)
    ? content.map((part: Json, index) => {
        const read = readers[part?.type]
        return read ? { type: 'text', text: read(part, `${path}[${index}]`) } : part
      })
    : content
