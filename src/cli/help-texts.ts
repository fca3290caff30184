/**
 * Help by the words that ask for it, without the `--help` itself: '' for the tool, 'run' for the command.
 * The build replaces this module by the texts that the parser prints; without the build everything is left to the parser.
 */
export const helpTexts: Readonly<Record<string, string>> = {}
