import { KubernetesObject } from '../kubernetesObject';
import { ObjectStatus } from './objectStatus';

/** What one kind's fields say, after the checks that hold for all kinds. */
export type StatusRule = (object: KubernetesObject) => ObjectStatus;
