import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';

/** What a list gave; `unreadable` where there may be more than may be read, and why. */
export interface Listing {
  items: KubernetesObject[];
  unreadable?: string;
}
