export { createServiceAccountTokens } from './createServiceAccountTokens';
export {
  API_AUDIENCE,
  type ServiceAccountTokens,
  type TokenCheck,
} from './ServiceAccountTokens';
