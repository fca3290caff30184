import { basename, dirname, join } from 'node:path'
import type { World } from './world.ts'

/** A place that OpenCode looks at, in the order in which later ones win. */
export interface Candidate {
  readonly level: string
  readonly file: string
  /** Configuration that is no file: the text of a variable. */
  readonly inline?: string
}

const both = (level: string, folder: string): Candidate[] =>
  ['opencode.json', 'opencode.jsonc'].map((name) => ({ level, file: join(folder, name) }))

/** The folder and those above it up to the root of the worktree, nearest first; without a repository up to the root of the disk. */
const upwards = ({ cwd, exists }: World): readonly string[] => {
  const folders = [cwd]
  for (let folder = cwd; !exists(join(folder, '.git')); ) {
    const parent = dirname(folder)
    if (parent === folder) break
    folders.push(parent)
    folder = parent
  }
  return folders
}

const configFolder = ({ env, home }: World): string => join(env.XDG_CONFIG_HOME || join(home, '.config'), 'opencode')
const dataFolder = ({ env, home }: World): string => join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'opencode')

const managedFolder = ({ platform, env }: World): string => {
  // a folder that OpenCode itself is tested with
  if (env.OPENCODE_TEST_MANAGED_CONFIG_DIR) return env.OPENCODE_TEST_MANAGED_CONFIG_DIR
  if (platform === 'darwin') return '/Library/Application Support/opencode'
  return platform === 'win32' ? join(env.ProgramData || 'C:\\ProgramData', 'opencode') : '/etc/opencode'
}

const isOn = (value: string | undefined): boolean => value === '1' || value?.toLowerCase() === 'true'

/** Every place of configuration, weakest first. */
export const candidates = (world: World): readonly Candidate[] => {
  const { env, home } = world
  const global = configFolder(world)
  const folders = isOn(env.OPENCODE_DISABLE_PROJECT_CONFIG) ? [] : upwards(world)
  const found: Candidate[] = [
    { level: 'global', file: join(global, 'config.json') },
    ...both('global', global),
    ...(env.OPENCODE_CONFIG ? [{ level: 'OPENCODE_CONFIG', file: env.OPENCODE_CONFIG }] : []),
    ...folders.toReversed().flatMap((folder) => both('project', folder)),
    // unlike the files beside them, the nearest of these folders comes first and loses
    ...folders.flatMap((folder) => both('.opencode', join(folder, '.opencode'))),
    ...both('home', join(home, '.opencode')),
    ...(env.OPENCODE_CONFIG_DIR ? both('OPENCODE_CONFIG_DIR', env.OPENCODE_CONFIG_DIR) : []),
    ...(env.OPENCODE_CONFIG_CONTENT
      ? [{ level: 'OPENCODE_CONFIG_CONTENT', file: 'OPENCODE_CONFIG_CONTENT', inline: env.OPENCODE_CONFIG_CONTENT }]
      : []),
    ...both('managed', managedFolder(world)),
  ]
  // the folder of the home directory is met twice when the project lies below it; the first place counts
  return found.filter(({ file }, index) => found.findIndex((other) => other.file === file) === index)
}

/** Where `opencode auth login` writes. */
export const authFile = (world: World): string => join(dataFolder(world), 'auth.json')

/** Configuration that OpenCode reads, and that was not read here. */
export interface Unread {
  readonly file: string
  readonly why: string
  /** Whether it is known to be there. */
  readonly sure: boolean
}

/** Preferences that a Mac is managed with, and the configuration of an organisation, which only its account gets. */
export const unreadPlaces = (world: World): readonly Unread[] => {
  const folder = '/Library/Managed Preferences'
  const preferences = world.platform === 'darwin' ? [join(folder, basename(world.home)), folder] : []
  const database = join(dataFolder(world), 'opencode.db')
  return [
    ...preferences
      .map((place) => join(place, 'ai.opencode.managed.plist'))
      .filter(world.exists)
      .map((file) => ({ file, why: 'preferences of a managed Mac win over every file, and are not read here', sure: true })),
    ...(world.exists(database)
      ? [
          {
            file: database,
            why: 'where an organisation is chosen, its configuration comes with its account, and is not read here',
            sure: false,
          },
        ]
      : []),
  ]
}

/** A file that looks like a configuration of OpenCode and is none. */
export interface Stray {
  readonly file: string
  /** Where its content would be read. */
  readonly instead: string
}

const otherForms = ['toml', 'yaml', 'yml', 'json5', 'js', 'ts'].map((ending) => `opencode.${ending}`)

/** Files that guides name, that people write, and that OpenCode never opens. */
export const strays = (world: World): readonly Stray[] => {
  const global = configFolder(world)
  const read = new Set(candidates(world).map(({ file }) => file))
  const inGlobal = ['config.toml', 'config.jsonc', 'config.yaml', 'config.yml', ...otherForms].map((name) => ({
    file: join(global, name),
    instead: join(global, 'opencode.json'),
  }))
  const inProject = upwards(world).flatMap((folder) =>
    [
      ...otherForms,
      '.opencode.json',
      'opencode.config.json',
      '.config/opencode/opencode.json',
      '.config/opencode/opencode.jsonc',
      '.config/opencode/config.json',
      '.config/opencode/config.toml',
      '.opencode/config.json',
      '.opencode/config.toml',
    ].map((name) => ({ file: join(folder, name), instead: join(folder, 'opencode.json') })),
  )
  const inHome = ['.opencode.json', '.opencode/config.json', '.opencode/config.toml'].map((name) => ({
    file: join(world.home, name),
    instead: join(global, 'opencode.json'),
  }))
  const all = [...inGlobal, ...inProject, ...inHome]
  return all.filter(
    ({ file }, index) => !read.has(file) && all.findIndex((other) => other.file === file) === index && world.read(file).kind === 'text',
  )
}
