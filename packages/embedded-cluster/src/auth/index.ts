export { createAuthenticator } from './createAuthenticator';
export * from './pki';
export * from './rbac';
export * from './reviews';
export * from './tokens';
