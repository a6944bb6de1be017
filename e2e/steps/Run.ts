import type { KubernetesClient } from '@sportsbook/plugin-sportsbook-scaling-node';
import type { Journal } from '../Journal';
import type { E2eOptions } from '../options';
import type { BackstageApi } from '../product/BackstageApi';
import type { Product } from '../product/Product';
import type { Timeline } from './Timeline';

/** What every part of the run shares. */
export interface Run {
  options: E2eOptions;
  journal: Journal;
  cluster: KubernetesClient;
  product: Product;
  backstage: BackstageApi;
  timeline: Timeline;
  /** Path of the browser; undefined: the browser's steps are skipped. */
  browserPath?: string;
  /** Writes a screenshot's path below the results. */
  resultPath(name: string): string;
}
