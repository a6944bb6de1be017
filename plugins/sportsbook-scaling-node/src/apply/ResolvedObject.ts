import { ObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ApiResource } from '../ports/KubernetesClient';
import { SourcedObject } from '../model/SourcedObject';

/** An object of a manifest, with its kind looked up and its namespace filled in. */
export interface ResolvedObject extends SourcedObject {
  ref: ObjectRef;
  /** Undefined where neither the cluster nor a definition of the set knows the kind. */
  resource?: ApiResource;
  /** Whether the kind comes with a definition of the same set and is not served yet. */
  awaitsDefinition: boolean;
  /**
   * Whether it makes the namespace, as the platform configured it: nobody has
   * to be granted its kind, and nobody waits for it.
   */
  isOfPlatform: boolean;
  /** Index into APPLY_STAGES. */
  stage: number;
}
