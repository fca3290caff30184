/** `GET /models/{id}` matches any one segment there. */
export const endpointPattern = (endpoint: string): RegExp =>
  new RegExp(`^${endpoint.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[a-z]+\}/g, '[^/]+')}$`)
