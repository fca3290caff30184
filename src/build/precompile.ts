import standaloneCode from 'ajv/dist/standalone/index.js'
import { loadFailures } from '../builtin/failures.ts'
import { loadBuiltins, shapeDocuments } from '../builtin/load.ts'
import { helpOf } from '../cli/parser.ts'
import { createAjv } from '../schema/compile.ts'

/** Suites as data and schemas as code, in the form of `loadBuiltins`. */
export const precompiledModules = (): Readonly<Record<string, string>> => {
  const documents = shapeDocuments()
  const { suites, catalog, suiteSchema } = loadBuiltins()
  const ajv = createAjv({ code: { source: true } })
  const names = documents.map((document) => String(document.$id))
  for (const document of documents) ajv.addSchema(document, String(document.$id))
  // exports of a CommonJS module need names that are identifiers
  const exported = Object.fromEntries(names.map((name, index) => [`shape${index}`, name]))
  const generate = standaloneCode as unknown as (instance: typeof ajv, refs: Record<string, string>) => string
  return {
    'validators.cjs': generate(ajv, exported),
    'builtins.json': JSON.stringify({ suites, catalog, suiteSchema, documents, names }),
    'failures.mjs': `const failures = ${JSON.stringify(loadFailures())}\nexport const loadFailures = () => failures\n`,
    'builtins.mjs': `import data from './builtins.json' with { type: 'json' }
import validators from './validators.cjs'
const { suites, catalog, suiteSchema, documents, names } = data
export const loadBuiltins = () => ({
  suites,
  catalog,
  suiteSchema,
  shapes: {
    validators: new Map(names.map((name, index) => [name, validators['shape' + index]])),
    documents: new Map(documents.map((document) => [document.$id, document])),
  },
})
`,
  }
}

/** The help of every command as the parser prints it, by the words that ask for it. */
export const helpModule = async (): Promise<string> => {
  const commands = ['', 'run', 'judge', 'list', 'explain', 'matrix', 'lint', 'serve', 'proxy', 'scrub', 'diagnose']
  const texts: Record<string, string> = {}
  for (const command of commands) texts[command] = await helpOf(command)
  const { version } = await import('../version.ts')
  return `export const helpTexts = ${JSON.stringify({ ...texts, '--version': `${version}\n` }, null, 2)}\n`
}
