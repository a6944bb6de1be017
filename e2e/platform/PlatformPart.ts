import type { KubernetesClient } from '@sportsbook/plugin-sportsbook-scaling-node';
import type { Journal } from '../Journal';
import type { E2eOptions } from '../options';
import type { BackstageApi } from '../product/BackstageApi';
import type { Product } from '../product/Product';

/** What there is before Backstage starts: a cluster, and an administrator of it. */
export interface PlatformGround {
  options: E2eOptions & { brought: NonNullable<E2eOptions['brought']> };
  journal: Journal;
  /** As the administrator that the run's kubeconfig names. */
  cluster: KubernetesClient;
  /** `host:port` of the git host that Backstage will serve. */
  gitHost: string;
  /**
   * Adds a context, and thereby a cluster of Backstage: the same API server
   * under another name and, with a token, as another user.
   */
  addContext(context: { name: string; token?: string }): void;
}

/** What a part adds to the configuration that Backstage starts with. */
export interface PlatformAdditions {
  /** Entries of `sportsbookScaling.clusters`. */
  clusters?: object[];
  /** Entries of `sportsbookScaling.apply.rules`. */
  rules?: object[];
  /** `template.yaml` files beside those of app-config.yaml, from the root. */
  templates?: string[];
  /** Anything else, merged over app-config.yaml. */
  config?: object;
}

/** What the steps of a part see once Backstage runs. */
export interface PlatformRun extends PlatformGround {
  product: Product;
  backstage: BackstageApi;
}

/** One of the questions that a platform team asks, answered on a real cluster. */
export interface PlatformPart {
  name: string;
  /** Makes what has to be there before Backstage starts. */
  prepare(ground: PlatformGround): Promise<PlatformAdditions>;
  /** The steps, each through the run's journal. */
  prove(run: PlatformRun): Promise<void>;
  /** Removes what `prepare` and `prove` made, whatever happened in between. */
  cleanUp(ground: PlatformGround): Promise<void>;
}
