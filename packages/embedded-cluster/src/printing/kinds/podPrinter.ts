import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import { ageOf, since } from '../cells/since';
import { column, NAME, wide, type KindPrinter } from '../KindPrinter';
import { podState } from './podState';

const podSchema = z.object({
  spec: z.object({
    nodeName: z.string().nullish(),
    readinessGates: z.array(z.object({ conditionType: z.string() })).nullish(),
  }),
  status: z
    .object({
      phase: z.string().nullish(),
      podIP: z.string().nullish(),
      podIPs: z.array(z.object({ ip: z.string() })).nullish(),
      nominatedNodeName: z.string().nullish(),
      conditions: z
        .array(z.object({ type: z.string(), status: z.string() }))
        .nullish(),
    })
    .nullish(),
});

export const podPrinter: KindPrinter = {
  columns: [
    NAME,
    column('Ready'),
    column('Status'),
    column('Restarts'),
    column('Age'),
    wide('IP'),
    wide('Node'),
    wide('Nominated Node'),
    wide('Readiness Gates'),
  ],
  row(pod, nowMilliseconds) {
    const { spec, status } = podSchema.parse(pod);
    const state = podState(pod);
    const restarts =
      state.restarts > 0 && state.lastRestart !== undefined
        ? `${state.restarts} (${since(state.lastRestart, nowMilliseconds)} ago)`
        : String(state.restarts);
    const conditions = completed(status?.phase);
    return {
      cells: [
        pod.metadata.name,
        `${state.ready}/${state.total}`,
        state.text,
        restarts,
        ageOf(pod, nowMilliseconds),
        status?.podIPs?.[0]?.ip ?? orNone(status?.podIP),
        orNone(spec.nodeName),
        orNone(status?.nominatedNodeName),
        gatesText(pod),
      ],
      ...(conditions === undefined ? {} : { conditions }),
    };
  },
};

function orNone(text: string | null | undefined): string {
  return text ? text : '<none>';
}

function gatesText(pod: KubernetesObject): string {
  const { spec, status } = podSchema.parse(pod);
  const gates = spec.readinessGates ?? [];
  if (gates.length === 0) {
    return '<none>';
  }
  const open = gates.filter(({ conditionType }) =>
    status?.conditions?.some(
      ({ type, status: is }) => type === conditionType && is === 'True',
    ),
  );
  return `${open.length}/${gates.length}`;
}

/** By which clients grey out what has ended. */
function completed(phase: string | null | undefined) {
  if (phase !== 'Succeeded' && phase !== 'Failed') {
    return undefined;
  }
  return [
    {
      type: 'Completed',
      status: 'True',
      reason: phase,
      message:
        phase === 'Succeeded'
          ? 'The pod has completed successfully.'
          : 'The pod failed.',
    },
  ];
}
