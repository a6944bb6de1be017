import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../model/ResourceType';
import type { UserInfo } from '../model/UserInfo';

/** A kind that can be created but is stored nowhere: the access and token reviews. */
export interface VirtualResource {
  /** Its verbs are `create` alone. */
  type: ResourceType;
  create(
    object: KubernetesObject,
    context: { user: UserInfo; namespace?: string },
  ): Promise<KubernetesObject>;
}
