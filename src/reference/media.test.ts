import { describe, expect, it } from 'vitest'
import { loadBuiltins } from '../builtin/load.ts'
import { asking } from './ask.ts'
import type { Json } from './exchange.ts'

const ask = asking()
const chat = (...parts: readonly Json[]) =>
  ask('/chat/completions', { body: { model: 'reference', messages: [{ role: 'user', content: parts }], max_tokens: 16 } })
const text = (words: string) => ({ type: 'text', text: words })
const picture = (url: unknown, more: Json = {}) => ({ type: 'image_url', image_url: { url, ...more } })
const colour = text('Name its colour in one word, or none.')

/** The pictures of the built-in suite, by the name of the colour that they are meant to have. */
const pictures = new Map<string, string>()
const steps =
  loadBuiltins()
    .suites.find(({ id }) => id === 'chat-vision')
    ?.probes.flatMap((probe) => probe.steps) ?? []
const urls = [...new Set(JSON.stringify(steps).match(/data:image\/png;base64,[^"]{40,}/g) ?? [])]
for (const url of urls) pictures.set(chat(colour, picture(url)).json.choices[0].message.content, url)

describe('pictures', () => {
  it('those of the suite have the colours that it asks for', () => {
    expect([...pictures.keys()].sort()).toEqual(['blue', 'green', 'red'])
  })

  it('are counted, and named in their order', () => {
    const [red, blue] = [picture(pictures.get('red'), { detail: 'low' }), picture(pictures.get('blue'))]
    const named = (...parts: readonly Json[]) => chat(...parts).json.choices[0].message.content
    expect(named(colour)).toBe('none')
    expect(named(red, blue, text('Name the colour of the first picture.'))).toBe('red')
    expect(named(red, blue, text('Name the colour of the second picture.'))).toBe('blue')
    expect(named(red, text('Name the colour of the second picture.'))).toBe('none')
    expect(chat(colour, red).json.usage.prompt_tokens).toBeGreaterThan(chat(colour).json.usage.prompt_tokens)
  })

  it.each([
    ['data that is no picture', picture('data:image/png;base64,AAAA'), 'invalid_image_format'],
    ['a PNG without its end', picture('data:image/png;base64,iVBORw0KGgoAAAANSUhEUg=='), 'invalid_image_format'],
    ['an address', picture('https://pictures.invalid/a.png'), 'invalid_image_url'],
    ['no base64', picture('data:image/png;base64,%%'), 'invalid_image_url'],
    ['a number', picture(7), 'invalid_type'],
    ['an unknown detail', picture(urls[0], { detail: 'huge' }), 'invalid_value'],
    ['nothing', { type: 'image_url' }, 'missing_required_parameter'],
    ['no url', { type: 'image_url', image_url: {} }, 'missing_required_parameter'],
  ])('%s is refused', (_, part, code) => {
    const { status, json } = chat(colour, part)
    expect([status, json.error.code]).toEqual([400, code])
    expect(json.error.param).toContain('messages[0].content[1].image_url')
  })

  it('belong to users', () => {
    const messages = [{ role: 'system', content: [picture(urls[0])] }]
    expect(ask('/chat/completions', { body: { model: 'reference', messages } }).status).toBe(400)
  })
})

describe('sounds and files', () => {
  it('are counted', () => {
    const plain = chat(colour).json.usage.prompt_tokens
    expect(
      chat(colour, { type: 'input_audio', input_audio: { data: 'UklGRg==', format: 'wav' } }).json.usage.prompt_tokens,
    ).toBeGreaterThan(plain)
    const file_data = `data:application/pdf;base64,${Buffer.from('%PDF-1.4 (Seven windmills) Tj').toString('base64')}`
    expect(chat(colour, { type: 'file', file: { filename: 'a.pdf', file_data } }).json.usage.prompt_tokens).toBeGreaterThan(plain + 3)
  })

  it.each([
    ['a format that is unknown', { type: 'input_audio', input_audio: { data: 'x', format: 'ogg' } }],
    ['no data', { type: 'input_audio', input_audio: { format: 'wav' } }],
    ['a file that is no PDF', { type: 'file', file: { file_data: 'AAAA' } }],
    ['no file', { type: 'file' }],
  ])('%s is refused', (_, part) => expect(chat(colour, part).status).toBe(400))
})
