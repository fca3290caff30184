import type { Fault, Json } from '../exchange.ts'
import { errorAnswer } from '../refusal.ts'
import { fault, onChatRequest, onError, onMessages, refusesChat } from './stages.ts'

/** The parts of user messages, changed before they are read. */
const onParts = (bend: (parts: Json[]) => Json[]) =>
  onMessages((messages) =>
    messages.map((message) =>
      message?.role === 'user' && Array.isArray(message.content) ? { ...message, content: bend(message.content) } : message,
    ),
  )

const isPicture = (part: Json): boolean => part?.type === 'image_url'
const isGood = (part: Json): boolean => isPicture(part) && !isBroken(part) && !isRemote(part)
/** The data that is no picture, and an address. */
const isBroken = (part: Json): boolean => isPicture(part) && /AAAA$/.test(String(part.image_url?.url))
const isRemote = (part: Json): boolean => isPicture(part) && /^https?:/.test(String(part.image_url?.url))

const without = (isGone: (part: Json) => boolean) => onParts((parts) => parts.filter((part) => !isGone(part)))

const wordFor = (isMeant: (part: Json) => boolean, text: string) =>
  onParts((parts) => parts.map((part) => (isMeant(part) ? { type: 'text', text } : part)))

/** A refusal of this code becomes another failure. */
const failsInstead = (code: string, status: number, message: string) =>
  onError((answer, error) => {
    if (error.code !== code) return
    answer.status = status
    Object.assign(error, { message, type: 'server_error', param: null, code: null })
  })

export const visionFaults: readonly Fault[] = [
  fault('pictures-left-out', 'vision.unsupported-model', 'pictures are left out of the prompt without a word', without(isPicture)),
  fault('picture-becomes-word', 'vision.seen', 'the model gets a word in place of each picture', wordFor(isGood, '[image]')),
  fault('picture-arrives-blank', 'vision.seen', 'pictures are counted, and the model gets nothing of them', wordFor(isGood, '. . . .')),
  fault(
    'jpeg-refused',
    'vision.data-url',
    'pictures may be PNG only',
    refusesChat((body) => JSON.stringify(body.messages ?? '').includes('data:image/jpeg'), 'messages'),
  ),
  fault(
    'pictures-last-first',
    'vision.multiple-ordered',
    'several pictures reach the model in reverse',
    onParts((parts) => {
      const pictures = parts.filter(isPicture)
      return parts.map((part) => (isPicture(part) ? pictures.pop() : part))
    }),
  ),
  fault(
    'second-picture-left-out',
    'vision.multiple-ordered',
    'only the first picture of a message is kept',
    onParts((parts) => parts.filter((part, index) => !isPicture(part) || parts.findIndex(isPicture) === index)),
  ),
  fault('broken-picture-served', 'vision.invalid', 'a picture that cannot be decoded becomes an empty one', wordFor(isBroken, '<picture>')),
  fault('broken-picture-left-out', 'vision.invalid', 'a picture that cannot be decoded is left out', without(isBroken)),
  fault(
    'broken-picture-500',
    'vision.invalid',
    'the server falls over a picture that cannot be decoded',
    failsInstead('invalid_image_format', 500, 'cannot identify image file'),
  ),
  fault(
    'broken-picture-404',
    'vision.invalid',
    'a picture that cannot be decoded is answered with 404',
    failsInstead('invalid_image_format', 404, 'no such image'),
  ),
  fault('remote-picture-left-out', 'vision.https-url', 'a picture that cannot be fetched is left out', without(isRemote)),
  fault(
    'remote-picture-blank',
    'vision.https-url',
    'a picture that cannot be fetched becomes an empty one',
    wordFor(isRemote, '<picture>'),
  ),
  fault(
    'remote-picture-502',
    'vision.https-url',
    'a picture that cannot be fetched is reported as trouble of the server',
    failsInstead('invalid_image_url', 502, 'Cannot connect to host'),
  ),
  fault(
    'picture-crashes',
    'wire.no-server-error',
    'the server falls over every picture that it could have read',
    onChatRequest((body) =>
      JSON.stringify(body.messages ?? '').includes('base64,iVBOR')
        ? errorAnswer('Internal server error', { status: 500, type: 'server_error', about: 'server' })
        : undefined,
    ),
  ),
  fault(
    'sound-left-out',
    'audio.input',
    'sounds are left out of the prompt without a word',
    without((part) => part?.type === 'input_audio'),
  ),
  fault(
    'file-left-out',
    'file.input',
    'files are left out of the prompt without a word',
    without((part) => part?.type === 'file'),
  ),
]
