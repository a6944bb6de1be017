export { createNetwork, type NetworkOptions } from './createNetwork';
