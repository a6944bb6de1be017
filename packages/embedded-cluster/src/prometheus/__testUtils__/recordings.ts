import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { Recording } from './recording';

function read(file: string): unknown {
  return JSON.parse(
    gunzipSync(
      readFileSync(resolve(__dirname, '../__fixtures__', file)),
    ).toString(),
  );
}

/** Made by `recordPrometheusAnswers.ts`. */
export function recordedAnswers(): Recording {
  return read('prometheusAnswers.json.gz') as Recording;
}

/** A Prometheus object of the operator, and what ran for it. */
export interface OwnPrometheus {
  /** Configuration in the operator's Secret. */
  secret: string;
  /** Of `/api/v1/status/config`. */
  statusConfig: string;
  /** Of `/api/v1/targets`. */
  targets: {
    activeTargets: {
      discoveredLabels: Record<string, string>;
      labels: Record<string, string>;
      scrapeUrl: string;
    }[];
    droppedTargets: { discoveredLabels: Record<string, string> }[];
    droppedTargetCounts: Record<string, number>;
  };
  objects: Record<'pods' | 'services' | 'endpointslices', KubernetesObject[]>;
}

export function recordedOwnPrometheus(): OwnPrometheus {
  return read('ownPrometheus.json.gz') as OwnPrometheus;
}
