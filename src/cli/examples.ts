import type { Argv } from 'yargs'

const url = '--base-url http://localhost:8000/v1'

/** Command lines that people start from, by command; the empty word stands for the tool. */
const examples: Readonly<Record<string, readonly string[]>> = {
  '': ['$0 run                # the built-in reference endpoint', `$0 run ${url}`, '$0 diagnose opencode  # why OpenCode fails'],
  run: [
    '$0 run                                   # the reference endpoint',
    `$0 run ${url} --model qwen3`,
    `$0 run ${url} --profile smoke`,
    `$0 run ${url} --api-key-env ACME_KEY`,
    '$0 run chat-stream/count --target local  # one probe',
  ],
  judge: ['$0 judge wirecheck-out/transcript.jsonl', '$0 judge wirecheck-out/transcript.jsonl --render markdown'],
  list: [
    '$0 list --profile agent  # its probes, and their price',
    "$0 list 'chat-tools/*'   # probes of a pattern",
    '$0 list --faults         # what the reference endpoint can bend',
  ],
  explain: ['$0 explain stream.role-first  # a requirement', '$0 explain accadb67 --curl    # the request of a finding'],
  matrix: ['$0 matrix one/report.json other/report.json', '$0 matrix wirecheck-out/report.json --markdown'],
  lint: ['$0 lint ours.yaml'],
  serve: [
    '$0 serve --port 8000       # a correct endpoint',
    '$0 serve --fault no-done   # bent on purpose',
    '$0 serve --dialect ollama  # with the habits of a server',
  ],
  proxy: [
    '$0 proxy --upstream URL             # prints the address for a client',
    '$0 proxy --upstream URL -- COMMAND  # sets OPENAI_BASE_URL for it',
  ],
  scrub: ['$0 scrub wirecheck-out/transcript.jsonl'],
  diagnose: [
    '$0 diagnose opencode acme/qwen3          # one model',
    '$0 diagnose opencode --offline           # sends nothing',
    '$0 diagnose opencode --write-config URL  # makes a configuration',
  ],
}

/** One column each: in two, yargs breaks long lines where nobody could copy them. */
export const examplesOf = (name: string): [string, string][] => (examples[name] ?? []).map((line) => [line, ''])

export const withExamples = (name: string, command: Argv): Argv => command.example(examplesOf(name))
