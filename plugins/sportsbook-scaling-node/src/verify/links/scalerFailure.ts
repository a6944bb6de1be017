import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { KubernetesClient } from '../../ports/KubernetesClient';
import { mendingStep } from '../mendingStep';

const EVENT = { apiVersion: 'v1', kind: 'Event' };
const REASON = 'KEDAScalerFailed';

const eventSchema = z.object({
  involvedObject: z.object({ uid: z.string() }),
  reason: z.literal(REASON),
  message: z.string(),
  // One of the two: which, differs between versions of KEDA.
  eventTime: z.string().nullish(),
  lastTimestamp: z.string().nullish(),
  series: z.object({ lastObservedTime: z.string() }).nullish(),
});

/** When it was last seen, as text that sorts. */
function timeOf(event: z.infer<typeof eventSchema>): string {
  return (
    event.series?.lastObservedTime ??
    event.lastTimestamp ??
    event.eventTime ??
    ''
  );
}

/** What KEDA last said of a trigger that it could not read. */
export interface ScalerFailure {
  message: string;
  /** Without a full stop; undefined for what is not known. */
  nextStep: string | undefined;
}

/** What mends a way from KEDA to Prometheus; other causes have their words in {@link mendingStep}. */
function nextStepOf(message: string): string | undefined {
  if (/status: 40[13]\b/.test(message)) {
    return 'correct the Secret of the TriggerAuthentication that the trigger names: the server answers, and refuses what KEDA proves itself with';
  }
  if (/x509|\btls:/.test(message)) {
    return "correct 'ca', 'cert' and 'key' of the TriggerAuthentication that the trigger names: KEDA and the server do not trust each other";
  }
  return /dial tcp|server misbehaving/.test(message)
    ? "let KEDA reach the trigger's serverAddress: check its name and port, and that no NetworkPolicy keeps the keda namespace out"
    : mendingStep(message);
}

/**
 * Why KEDA reads nothing: the conditions of a ScaledObject say the same of a
 * server that refuses its credentials and of one that is not there; the event
 * has the difference.
 *
 * @returns undefined where KEDA told of none, or events may not be read
 */
export async function scalerFailure(options: {
  client: KubernetesClient;
  scaledObject: KubernetesObject;
  signal?: AbortSignal;
}): Promise<ScalerFailure | undefined> {
  const { client, scaledObject, signal } = options;
  const { namespace, uid } = scaledObject.metadata;
  let items: KubernetesObject[];
  try {
    ({ items } = await client.list(EVENT, {
      namespace,
      fieldSelector: 'type=Warning',
      signal,
    }));
  } catch {
    // It only adds to what the conditions say.
    signal?.throwIfAborted();
    return undefined;
  }
  const [last] = items
    .map(item => eventSchema.safeParse(item))
    .flatMap(parsed => (parsed.success ? [parsed.data] : []))
    .filter(({ involvedObject }) => involvedObject.uid === uid)
    .sort((a, b) => timeOf(b).localeCompare(timeOf(a)));
  if (last === undefined) {
    return undefined;
  }
  const message = last.message.trim();
  return { message, nextStep: nextStepOf(message) };
}
