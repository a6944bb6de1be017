import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../model/ResourceType';
import type { UserInfo } from '../model/UserInfo';

export interface AdmissionRequest {
  operation: 'CREATE' | 'UPDATE' | 'DELETE';
  type: ResourceType;
  /** As it would be stored; absent on DELETE. */
  object?: KubernetesObject;
  old?: KubernetesObject;
  subresource?: string;
  /** Absent for the cluster's own controllers. */
  user?: UserInfo;
  dryRun: boolean;
  warn(text: string): void;
}

/**
 * What may refuse a write beyond the kind's own schema: the webhooks of
 * operators, RBAC's guard against escalation.
 *
 * @throws StatusError
 */
export type Admission = (request: AdmissionRequest) => void;
