import type { ClusterObjects } from '../../ports/ClusterObjects';
import { requireType } from '../../runtime/requireType';

/**
 * Which autoscalers look after which pods: two that share some would fight, so
 * each of them has to notice.
 */
export class PodOwnership {
  readonly #objects: ClusterObjects;
  readonly #selectors = new Map<
    string,
    { namespace: string; selector: string }
  >();

  constructor(objects: ClusterObjects) {
    this.#objects = objects;
  }

  /** @param selector - of the target's scale, in the API's text */
  claim(
    autoscaler: { namespace: string; name: string },
    selector: string,
  ): void {
    const { namespace, name } = autoscaler;
    this.#selectors.set(`${namespace}/${name}`, { namespace, selector });
  }

  release(key: string): void {
    this.#selectors.delete(key);
  }

  /** Keys of all autoscalers that select a pod which `selector` selects, sorted. */
  claimants(namespace: string, selector: string): string[] {
    const pods = new Set(this.#podNames(namespace, selector));
    return [...this.#selectors]
      .filter(
        ([, claim]) =>
          claim.namespace === namespace &&
          (claim.selector === selector
            ? pods.size > 0
            : this.#podNames(namespace, claim.selector).some(name =>
                pods.has(name),
              )),
      )
      .map(([key]) => key)
      .sort();
  }

  /** Pods that run and are ready. */
  readyPods(namespace: string, selector: string): number {
    return this.#pods(namespace, selector).filter(({ status }) => {
      const { phase, conditions } = podStatusOf(status);
      return (
        phase === 'Running' &&
        conditions.some(
          condition =>
            condition.type === 'Ready' && condition.status === 'True',
        )
      );
    }).length;
  }

  #podNames(namespace: string, selector: string): string[] {
    return this.#pods(namespace, selector).map(({ metadata }) => metadata.name);
  }

  #pods(namespace: string, selector: string) {
    return this.#objects.list(requireType(this.#objects, 'v1', 'Pod'), {
      namespace,
      labelSelector: selector,
    }).items;
  }
}

interface PodStatus {
  phase?: string;
  conditions: { type: string; status: string }[];
}

function podStatusOf(status: unknown): PodStatus {
  const { phase, conditions }: Partial<PodStatus> =
    typeof status === 'object' && status !== null ? status : {};
  return { phase, conditions: conditions ?? [] };
}
