import type { Json } from './world.ts'

/** A function as OpenCode declares it. */
export interface Tool {
  readonly name: string
  readonly description: string
  readonly parameters: Json
}

const string = (description: string) => ({ type: 'string', description })
const most = 9_007_199_254_740_991

/** The dialect of JSON Schema in which OpenCode declares its tools. */
const schema = (properties: Json, required: readonly string[]): Json => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties,
  required,
})

const count = (description: string) => ({ description, type: 'integer', exclusiveMinimum: 0, maximum: most })
const offset = (description: string) => ({ description, type: 'integer', minimum: -most, maximum: most })

/** As many tools as a session declares, with members of the same kinds. */
export const tools: readonly Tool[] = [
  {
    name: 'bash',
    description: 'Runs a command in a shell and returns its output.',
    parameters: schema(
      { command: string('The command.'), timeout: count('Milliseconds to wait.'), description: string('What it does, in a few words.') },
      ['command', 'description'],
    ),
  },
  {
    name: 'edit',
    description: 'Replaces a text in a file by another one.',
    parameters: schema(
      {
        filePath: string('Absolute path of the file.'),
        oldString: string('The text to replace.'),
        newString: string('The text that takes its place.'),
        replaceAll: { description: 'Every place (default false).', type: 'boolean' },
      },
      ['filePath', 'oldString', 'newString'],
    ),
  },
  {
    name: 'glob',
    description: 'Finds files by a pattern of their names.',
    parameters: schema({ pattern: string('The pattern.'), path: string('The folder to look in.') }, ['pattern']),
  },
  {
    name: 'grep',
    description: 'Finds lines by a regular expression.',
    parameters: schema(
      { pattern: string('The expression.'), path: string('The folder to look in.'), include: string('Pattern of the files to look at.') },
      ['pattern'],
    ),
  },
  {
    name: 'question',
    description: 'Asks the user to choose.',
    parameters: schema(
      {
        questions: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              question: string('The question.'),
              options: { type: 'array', items: { type: 'object', properties: { label: string('What is chosen.') }, required: ['label'] } },
            },
            required: ['question', 'options'],
          },
        },
      },
      ['questions'],
    ),
  },
  {
    name: 'read',
    description: 'Reads a file, or a part of it.',
    parameters: schema({ filePath: string('Absolute path of the file.'), offset: offset('First line.'), limit: count('How many lines.') }, [
      'filePath',
    ]),
  },
  {
    name: 'skill',
    description: 'Loads instructions for a kind of work.',
    parameters: schema({ name: string('Name of the skill.') }, ['name']),
  },
  {
    name: 'task',
    description: 'Hands a piece of work to a helper.',
    parameters: schema({ description: string('A few words.'), prompt: string('The work.'), kind: string('Which one.') }, [
      'description',
      'prompt',
      'kind',
    ]),
  },
  {
    name: 'todowrite',
    description: 'Keeps the list of what is to be done.',
    parameters: schema(
      {
        todos: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              content: string('What is to be done.'),
              status: string('pending, in_progress, completed or cancelled.'),
              priority: { type: 'string', enum: ['high', 'medium', 'low'] },
            },
            required: ['content', 'status', 'priority'],
          },
        },
      },
      ['todos'],
    ),
  },
  {
    name: 'webfetch',
    description: 'Fetches a page of the web.',
    parameters: schema(
      {
        url: string('Its address.'),
        format: { description: 'How it is returned.', type: 'string', enum: ['text', 'markdown', 'html'], default: 'markdown' },
        timeout: { type: 'number', description: 'Seconds to wait.' },
      },
      ['url', 'format'],
    ),
  },
  {
    name: 'write',
    description: 'Writes a file.',
    parameters: schema({ content: string('What to write.'), filePath: string('Absolute path of the file.') }, ['content', 'filePath']),
  },
]
