export { createApiServer, type ApiServer } from './createApiServer';
export type { ApiServerOptions, ApiServices } from './ApiServerOptions';
