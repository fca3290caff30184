import type { ClientApi } from '../types.ts'

/** Where a turn takes place. */
export interface Place {
  readonly home: string
  readonly url: string
  readonly api: ClientApi
  readonly model: string
}

/** What a program printed about its turn. */
export interface Printed {
  /** The text of the last answer. */
  readonly text: string
  readonly toolsDone: number
  readonly toolsFailed: number
  readonly error?: string | undefined
  /** How often it said that it tries again, where it says so. */
  readonly retried?: number
}

/** A coding agent that is watched, without a replay that predicts it. */
export interface Program {
  readonly name: string
  /** With an exact version. */
  readonly package: string
  /** The file of `node_modules/.bin` that starts it. */
  readonly binary: string
  readonly apis: readonly ClientApi[]
  /** The reference model calls the tool whose name has most of these words, with the names of its parameters as values. */
  readonly prompt: string
  /** Where its own way of trying again needs more requests than other clients before they loop. */
  readonly mostRequests?: number
  /** What differs from a fresh installation besides the endpoint; stands on the page. */
  readonly settings?: string
  /** Below the home folder; `bin` there is on the path. */
  readonly files: (place: Place) => Readonly<Record<string, string>>
  readonly env: (place: Place) => Readonly<Record<string, string>>
  readonly args: (place: Place, prompt: string) => readonly string[]
  readonly read: (stdout: string) => Printed
}

// biome-ignore lint/suspicious/noExplicitAny: what programs print has no type
type Line = any

const jsonOf = (text: string): Line => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The objects on lines of JSON, alone or in a list; programs print other things between them. */
const linesOf = (stdout: string): readonly Line[] =>
  stdout
    .split('\n')
    .flatMap(jsonOf)
    .filter((line) => typeof line === 'object' && line !== null)

const textIn = (content: Line): string =>
  Array.isArray(content) ? content.map((part) => (part?.type === 'text' ? String(part.text ?? '') : '')).join('') : String(content ?? '')

const codex: Program = {
  name: 'Codex',
  package: '@openai/codex@0.169.0',
  binary: 'codex',
  apis: ['responses'],
  prompt: 'Please use the exec command tool once.',
  // five times a stream, five times each of its requests
  mostRequests: 40,
  settings:
    'tools for subagents, goals and web search switched off, because the reference endpoint knows no tool of type `namespace` and runs no search',
  files: ({ url, model }) => ({
    // the command that the model asks for is the name of the parameter
    'bin/cmd': '#!/bin/sh\n',
    '.codex/config.toml': [
      `model = "${model}"`,
      'model_provider = "laboratory"',
      'approval_policy = "never"',
      'sandbox_mode = "danger-full-access"',
      'check_for_update_on_startup = false',
      // a login shell makes a path of its own
      'allow_login_shell = false',
      'web_search = "disabled"',
      '[analytics]\nenabled = false',
      '[features]\nshell_snapshot = false\ngoals = false',
      '[agents]\nenabled = false',
      '[model_providers.laboratory]\nname = "Laboratory"\nenv_key = "LABORATORY_KEY"\nwire_api = "responses"',
      `base_url = "${url}"`,
      'stream_idle_timeout_ms = 3000',
      '',
    ].join('\n'),
  }),
  env: () => ({ LABORATORY_KEY: 'laboratory' }),
  args: (_, prompt) => ['exec', '--skip-git-repo-check', '--json', prompt],
  read: (stdout) => {
    const printed = { text: '', toolsDone: 0, toolsFailed: 0, retried: 0, error: undefined as string | undefined }
    for (const { type, item, error, message } of linesOf(stdout)) {
      if (type === 'turn.failed') printed.error = String(error?.message ?? 'failed')
      if (type === 'error' && /^Reconnecting/.test(String(message))) printed.retried += 1
      if (type !== 'item.completed') continue
      if (item?.type === 'agent_message') printed.text = String(item.text ?? '')
      if (item?.type !== 'command_execution') continue
      // what was said before a tool ran is not the answer
      printed.text = ''
      if (item.status === 'completed') printed.toolsDone += 1
      else printed.toolsFailed += 1
    }
    return printed
  },
}

const pi: Program = {
  name: 'pi',
  package: '@mariozechner/pi-coding-agent@0.73.1',
  binary: 'pi',
  apis: ['chat', 'responses'],
  prompt: 'Please use the bash tool once.',
  files: ({ url, api, model }) => ({
    '.pi/agent/models.json': JSON.stringify({
      providers: {
        laboratory: {
          baseUrl: url,
          api: api === 'chat' ? 'openai-completions' : 'openai-responses',
          apiKey: 'laboratory',
          models: [{ id: model }],
        },
      },
    }),
  }),
  env: () => ({}),
  args: ({ model }, prompt) => ['-p', '--offline', '--mode', 'json', '--model', `laboratory/${model}`, prompt],
  read: (stdout) => {
    const ended = linesOf(stdout).flatMap(({ type, message }) => (type === 'message_end' ? [message] : []))
    const results = ended.filter((message) => message?.role === 'toolResult')
    const last = ended.findLast((message) => message?.role === 'assistant')
    const failed = last?.stopReason === 'error' || last?.stopReason === 'aborted'
    return {
      text: textIn(last?.content),
      toolsDone: results.filter(({ isError }) => isError !== true).length,
      toolsFailed: results.filter(({ isError }) => isError === true).length,
      error: failed ? String(last.errorMessage ?? last.stopReason) : undefined,
    }
  },
}

const qwen: Program = {
  name: 'Qwen Code',
  package: '@qwen-code/qwen-code@0.24.4',
  binary: 'qwen',
  apis: ['chat'],
  prompt: 'Please use the shell command tool once.',
  settings: 'only the tool that runs commands, as far as others can be left out, and no memory of its own',
  files: () => ({
    '.qwen/settings.json': JSON.stringify({
      tools: { core: ['run_shell_command'], exclude: ['agent', 'list_agents'] },
      // asks the model about a turn that has ended
      memory: { enableManagedAutoMemory: false, enableManagedAutoDream: false },
      telemetry: { enabled: false },
    }),
  }),
  env: ({ url, model }) => ({
    OPENAI_API_KEY: 'laboratory',
    OPENAI_BASE_URL: url,
    OPENAI_MODEL: model,
    QWEN_CODE_SUPPRESS_YOLO_WARNING: '1',
    QWEN_CODE_NO_RELAUNCH: 'true',
  }),
  args: (_, prompt) => ['-y', '-o', 'json', '-p', prompt],
  read: (stdout) => {
    const printed = linesOf(stdout)
    // one answer may be several messages, when it thinks in between
    const said = printed.slice(printed.findLastIndex(({ type }) => type === 'user') + 1).filter(({ type }) => type === 'assistant')
    const results = printed
      .flatMap(({ type, message }) => (type === 'user' && Array.isArray(message?.content) ? message.content : []))
      .filter((part: Line) => part?.type === 'tool_result')
    const end = printed.findLast(({ type }) => type === 'result')
    return {
      text: said.map(({ message }) => textIn(message?.content)).join(''),
      toolsDone: results.filter(({ is_error }: Line) => is_error !== true).length,
      toolsFailed: results.filter(({ is_error }: Line) => is_error === true).length,
      error: end?.is_error === true ? String(end.error?.message ?? end.result ?? 'failed') : undefined,
    }
  },
}

/** The programs, by the id that `--clients` takes. */
export const programs: Readonly<Record<string, Program>> = { codex, pi, qwen }
