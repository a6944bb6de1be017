import { writeFile } from 'node:fs/promises';
import type { ScalingSnapshot } from '@sportsbook/plugin-sportsbook-scaling-common';

interface TimelineRow {
  atSeconds: number;
  service: string;
  requestsPerSecond?: number;
  averageRequestsPerSecond?: number;
  currentReplicas?: number;
  desiredReplicas?: number;
  verdict: string;
}

/** What the backend said over the run, kept as a file for whoever reads the results. */
export class Timeline {
  readonly #startedAt = Date.now();
  readonly rows: TimelineRow[] = [];

  record(service: string, snapshot: ScalingSnapshot): void {
    const { autoscaler, requestsPerSecond, verdict } = snapshot;
    this.rows.push({
      atSeconds: Math.round((Date.now() - this.#startedAt) / 1000),
      service,
      ...('value' in requestsPerSecond
        ? { requestsPerSecond: requestsPerSecond.value }
        : {}),
      ...('value' in autoscaler
        ? {
            averageRequestsPerSecond: autoscaler.value.averageRequestsPerSecond,
            currentReplicas: autoscaler.value.currentReplicas,
            desiredReplicas: autoscaler.value.desiredReplicas,
          }
        : {}),
      verdict: verdict.sentence,
    });
  }

  async save(path: string): Promise<void> {
    await writeFile(path, `${JSON.stringify(this.rows, null, 2)}\n`);
  }
}
