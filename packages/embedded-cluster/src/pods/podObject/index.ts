export { containerPort } from './containerPort';
export type { Container } from './containerSchema';
export type { Hook } from './hookSchema';
export type {
  ContainerStatus,
  PodCondition,
  Terminated,
} from './podStatusSchema';
export type { HttpGet, Probe } from './probeSchema';
export { type PodObject, readPod } from './readPod';
export type { Volume } from './volumeSchema';
