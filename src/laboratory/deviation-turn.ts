import { answersOf, type Deviation } from './deviation.ts'
import type { Place } from './deviation-events.ts'
import { recordedOf, writtenOf } from './deviation-wire.ts'
import type { Shape } from './observed.ts'
import { type Predicted, predictTurn } from './predict.ts'

const integer = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }
const object = (properties: object, ...required: readonly string[]) => ({ type: 'object', properties, required })

/** The tools of OpenCode that the answers call. */
const schemas = {
  bash: object(
    { command: { type: 'string' }, timeout: { ...integer, minimum: undefined, exclusiveMinimum: 0 }, workdir: { type: 'string' } },
    'command',
  ),
  read: object({ filePath: { type: 'string' }, offset: integer, limit: integer }, 'filePath'),
  todowrite: object({ todos: { type: 'array', items: { type: 'object' } } }, 'todos'),
}

export const pathOf = ({ api }: Deviation): string => (api === 'chat' ? '/chat/completions' : '/responses')

const requestOf = (deviation: Deviation, step: number): Uint8Array => {
  const isChat = deviation.api === 'chat'
  const said = isChat ? `Step ${step}.` : [{ type: 'input_text', text: `Step ${step}.` }]
  const tools = Object.entries(schemas).map(([name, parameters]) =>
    isChat ? { type: 'function', function: { name, parameters } } : { type: 'function', name, parameters },
  )
  return Buffer.from(
    JSON.stringify({ model: 'm', [isChat ? 'messages' : 'input']: [{ role: 'user', content: said }], stream: true, tools }),
  )
}

/** Shapes after which a client asks for more, and those after which it asks the same again. */
const goesOn = new Set<Shape | 'unknown'>(['works', 'tool-error'])

/**
 * What the replay makes of the turn that a client has with this server, without a client: the answers to the question, and
 * once one of them is fit, those to the result of the tool.
 */
export const foretell = async (deviation: Deviation, client: string): Promise<Predicted> => {
  const seen: Predicted[] = []
  let step = 0
  for (const place of ['call', 'text'] as const) {
    // where nothing deviates, all is well
    if (deviation[place] === undefined) continue
    const own = await foretellPlace(deviation, client, place, step)
    // what is too long is summed up first, by a request without tools
    const summary = own.symptom === 'compacts-for-ever' ? await foretellPlace(deviation, client, 'text', step) : undefined
    if (summary && summary.shape !== 'works') return { ...summary, shape: summary.shape === 'loops' ? 'error' : summary.shape }
    seen.push(own)
    if (!goesOn.has(own.shape)) return own
    step += 1
  }
  return (
    seen.find(({ shape }) => shape !== 'works') ??
    seen.findLast(({ symptom }) => symptom !== 'works') ?? { shape: 'works', symptom: 'works' }
  )
}

/** Clients ask again after these, and then the next answer counts. */
const asksAgain = new Set<Shape | 'unknown'>(['retries', 'loops', 'hangs'])

const foretellPlace = async (deviation: Deviation, client: string, place: Place, step: number): Promise<Predicted> => {
  const answers = answersOf(deviation[place])
  let told: Predicted = { shape: 'works', symptom: 'works' }
  for (const answer of answers) {
    const written = writtenOf(deviation.api, place, answer)
    told = await predictTurn([recordedOf(pathOf(deviation), requestOf(deviation, step), answer, written)], client)
    const isTurnedAway = told.shape === 'unknown' && answer !== answers.at(-1)
    if (!isTurnedAway && !asksAgain.has(told.shape)) break
  }
  return told
}
