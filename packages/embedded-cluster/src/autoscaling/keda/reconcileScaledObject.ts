import { CheckFailedError, checkStep } from './CheckFailedError';
import { checkScaleTarget } from './checkScaleTarget';
import { claimScaledObject } from './claimScaledObject';
import { ensureAutoscaler } from './ensureAutoscaler';
import { finalizeScaledObject } from './finalizeScaledObject';
import {
  initializedConditions,
  NO_FALLBACK,
  READY_MESSAGE,
  statusOfCondition,
  withCondition,
} from './kedaConditions';
import { notePauses, pauseScaledObject } from './pauseScaledObject';
import { pausingOf } from './pausing';
import { replicaBoundsProblem, triggersProblem } from './replicaBounds';
import type { ScaledObjectReconciliation } from './ScaledObjectReconciliation';
import type { ScaledObject } from './ScaledObjects';
import { validFallback, type KedaCondition } from './scaledObjectSpec';
import { scaledObjectWarnings } from './scaledObjectWarnings';

function unique(values: readonly string[]): string {
  return [...new Set(values)].join(',');
}

/** @returns the message of the condition Ready */
function follow(
  scaledObject: ScaledObject,
  context: ScaledObjectReconciliation,
): string {
  const { scaledObjects, loops } = context;
  const { key, spec } = scaledObject;
  notePauses(scaledObject, context);
  const scale = checkStep(
    "ScaledObject doesn't have correct scaleTargetRef specification",
    () => checkScaleTarget(scaledObject, context),
  );
  const bounds = replicaBoundsProblem(spec);
  if (bounds) {
    throw new CheckFailedError(
      "ScaledObject doesn't have correct Idle/Min/Max Replica Counts specification",
      bounds,
    );
  }
  const triggers = triggersProblem(spec);
  if (triggers) {
    throw new CheckFailedError(
      "ScaledObject doesn't have correct triggers specification",
      triggers,
    );
  }
  scaledObjects.setStatus(key, () => ({
    triggersTypes: unique(spec.triggers.map(({ type }) => type)),
    authenticationsTypes: unique(
      spec.triggers.flatMap(({ authenticationRef }) =>
        authenticationRef ? [authenticationRef.name] : [],
      ),
    ),
  }));
  const isNew = checkStep(
    'failed to ensure HPA is correctly created for ScaledObject',
    () => ensureAutoscaler(scaledObject, scale, context),
  );
  if (isNew || !loops.follows(scaledObject)) {
    loops.start(scaledObject);
  }
  return READY_MESSAGE;
}

/**
 * Brings what belongs to a ScaledObject into the state that it asks for, and
 * says in its conditions how that went.
 *
 * @throws CheckFailedError after the conditions say so: what is missing may come
 */
export function reconcileScaledObject(
  key: string,
  context: ScaledObjectReconciliation,
): void {
  const { scaledObjects, loops } = context;
  const found = scaledObjects.find(key);
  if (found === undefined) {
    loops.end(key);
    return;
  }
  if (found.object.metadata.deletionTimestamp !== undefined) {
    finalizeScaledObject(found, context);
    return;
  }
  if (!loops.follows(found)) {
    for (const message of scaledObjectWarnings(found.spec)) {
      scaledObjects.record(found, {
        type: 'Normal',
        reason: 'KEDAScalerInfo',
        component: 'keda-admission',
        message,
      });
    }
  }
  claimScaledObject(found, scaledObjects);
  const scaledObject = scaledObjects.setStatus(key, ({ conditions }) => ({
    conditions: initializedConditions(conditions),
  }));
  if (scaledObject === undefined) {
    return;
  }
  const outcome = attempt(scaledObject, context);
  scaledObjects.setStatus(key, ({ conditions }) => ({
    conditions: concluded(conditions, scaledObject, outcome),
  }));
  if (outcome.error) {
    const { message } = outcome.error;
    scaledObjects.record(scaledObject, {
      type: 'Warning',
      reason: 'ScaledObjectCheckFailed',
      action: message,
      message,
    });
    throw outcome.error;
  }
  if (statusOfCondition(scaledObject.status.conditions, 'Ready') !== 'True') {
    scaledObjects.record(scaledObject, {
      type: 'Normal',
      reason: 'ScaledObjectReady',
      action: 'ScaledObject is ready for scaling',
      message: 'ScaledObject is ready for scaling',
    });
  }
}

type Outcome =
  | { message: string; error?: undefined }
  | { error: CheckFailedError };

function attempt(
  scaledObject: ScaledObject,
  context: ScaledObjectReconciliation,
): Outcome {
  const { paused } = pausingOf(scaledObject.object.metadata.annotations);
  try {
    return {
      message: paused
        ? pauseScaledObject(scaledObject, context)
        : follow(scaledObject, context),
    };
  } catch (error) {
    return {
      error:
        error instanceof CheckFailedError
          ? error
          : new CheckFailedError('failed to reconcile ScaledObject', error),
    };
  }
}

function concluded(
  conditions: readonly KedaCondition[],
  { spec }: ScaledObject,
  outcome: Outcome,
): KedaCondition[] {
  const judged = outcome.error
    ? withCondition(
        withCondition(conditions, 'Ready', {
          status: 'False',
          reason: 'ScaledObjectCheckFailed',
          message: outcome.error.message,
        }),
        'Active',
        {
          status: 'Unknown',
          reason: 'UnknownState',
          message: 'ScaledObject check failed',
        },
      )
    : withCondition(conditions, 'Ready', {
        status: 'True',
        reason: 'ScaledObjectReady',
        message: outcome.message,
      });
  return validFallback(spec)
    ? judged
    : withCondition(judged, 'Fallback', NO_FALLBACK);
}
