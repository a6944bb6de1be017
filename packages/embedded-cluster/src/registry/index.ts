export {
  createRegistry,
  type Registry,
  type RegistryOptions,
} from './createRegistry';
