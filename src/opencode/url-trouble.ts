/** What guides leave in an address for the reader to fill in. */
export const placeholders =
  /\b(ENDPOINT_SLUG|PROJECT_ID|YOUR[_-][A-Z_-]+|your-(server|endpoint|host)[\w-]*|proj_ABC123|example\.(com|org|net)|x{6,})\b|<[^>]+>|\$\{[^}]+\}/i

/** What is wrong with an address whose scheme is right; white space and placeholders have rules of their own. */
export const whyUnusable = (value: string): string | undefined => {
  const url = value.replace(/\s+/g, '')
  if (placeholders.test(url)) return undefined
  // the parser would take the first part of the path for the host
  if (/^https?:\/\/(?:[^/?#@]*@)?(?:[/?#:]|$)/i.test(url)) return 'the base URL has no host'
  if (URL.canParse(url)) return undefined
  const port = /^(https?:\/\/(?:[^/?#@]*@)?(?:\[[^/?#\]]*\]|[^/?#:[\]]*)):[^/?#]*/i
  if (port.test(url) && URL.canParse(url.replace(port, '$1'))) return 'the port of the base URL is none: ports are numbers up to 65535'
  return 'the host of the base URL cannot be read'
}
