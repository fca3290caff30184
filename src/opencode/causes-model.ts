import type { Report } from '../types.ts'
import { type Cause, patchFor } from './cause.ts'
import type { Evidence } from './evidence.ts'
import { type Api, pathOf } from './packages.ts'
import { at } from './world.ts'

export type Judged = Evidence & { readonly report: Report }

/** Whether the harness got any answer from the endpoint that OpenCode uses. */
export const wasAnswered = ({ endpoints }: Report, api: Api): boolean =>
  endpoints.some(({ endpoint, presence }) => endpoint === `POST ${pathOf[api]}` && presence === 'answered')

/** What the model does not do, while the configuration or the user counts on it. */
export const ofModel = ({ effective, report, thoughts }: Judged): readonly Cause[] => {
  if (!wasAnswered(report, effective.api)) return []
  const causes: Cause[] = []
  const traits = new Map(report.traits.map(({ name, how }) => [name, how]))
  const observation = (id: string) => report.requirements.find((requirement) => requirement.id === id)?.observation
  const shown = effective.api === 'responses' ? observation('rtools.call') : observation('tools.call')
  const asked = report.probes.some(({ probe, requests }) => requests > 0 && /^(chat|responses)-tools\/round-trip/.test(probe))
  if (asked && shown === 'unobserved')
    causes.push({
      id: 'no-tool-calls',
      culprit: 'model',
      title: 'the model was asked for a tool call several times, and made none',
      sees: 'the model talks about what it would do, and nothing happens; OpenCode does not run calls that are written as text',
      fixes: [
        {
          kind: 'say',
          text: 'use a model that was trained to call functions; neither tool_call nor tools in the configuration changes it',
        },
      ],
      breaks: false,
      rules: ['CF-33', 'CF-34'],
    })
  const declared = at(effective.value, ['reasoning'])
  if (declared === true && !traits.has('thinks') && !thoughts && report.probes.some(({ requests }) => requests > 0))
    causes.push({
      id: 'no-reasoning',
      culprit: 'model',
      title: 'reasoning is true, but the model sent no reasoning in any answer',
      sees: 'no thoughts are shown; the switch only says what OpenCode may expect, and adds variants that send reasoning_effort',
      fixes: [patchFor(effective.files.model, [...effective.modelPath, 'reasoning'], false, 'or use a model that thinks')],
      breaks: false,
      rules: [],
    })
  if (declared !== true && traits.has('thinks') && effective.api === 'chat')
    causes.push({
      id: 'reasoning-undeclared',
      culprit: 'configuration',
      title: `the model thinks (${traits.get('thinks')}), and the configuration does not say so`,
      sees: 'thoughts are shown, but there are no variants to choose how much the model thinks',
      fixes: [patchFor(effective.files.model, [...effective.modelPath, 'reasoning'], true)],
      breaks: false,
      rules: [],
    })
  const input = at(effective.value, ['modalities', 'input'])
  const vision = report.capabilities.find(({ id }) => id === 'vision')
  if (Array.isArray(input) && input.includes('image') && vision?.support === 'none')
    causes.push({
      id: 'no-images',
      culprit: 'model',
      title: 'modalities.input promises images, and the endpoint refuses them',
      sees: 'the turn with the image fails',
      ...(vision.reason === undefined ? {} : { wire: vision.reason }),
      fixes: [
        patchFor(
          effective.files.model,
          [...effective.modelPath, 'modalities', 'input'],
          input.filter((each) => each !== 'image'),
        ),
      ],
      breaks: false,
      rules: [],
    })
  return causes
}
