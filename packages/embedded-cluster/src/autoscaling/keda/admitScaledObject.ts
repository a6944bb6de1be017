import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import { apiVersionOf, type ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type { Admission } from '../../ports/Admission';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import { requireType } from '../../runtime/requireType';
import { scaleTargetType } from '../scaleTarget';
import { KEDA_ANNOTATIONS, SCALED_OBJECT_LABEL } from './names';
import { replicaBoundsProblem, triggersProblem } from './replicaBounds';
import {
  hpaNameOf,
  readScaledObjectSpec,
  targetRefOf,
  usesScalingModifiers,
  type ScaledObjectSpec,
} from './scaledObjectSpec';
import { scaledObjectWarnings } from './scaledObjectWarnings';

const autoscalerSchema = z.object({
  metadata: z.object({
    ownerReferences: z
      .array(z.object({ kind: z.string(), name: z.string() }))
      .optional(),
  }),
  spec: z.object({
    scaleTargetRef: z.object({
      apiVersion: z.string().default(''),
      kind: z.string(),
      name: z.string(),
    }),
  }),
});

/** `apps/v1.Deployment`. */
export function targetKindOf(type: ResourceType): string {
  return `${apiVersionOf(type)}.${type.kind}`;
}

interface Incoming {
  objects: ClusterObjects;
  object: KubernetesObject;
  spec: ScaledObjectSpec;
  targetKind: string;
}

function otherScaledObjectProblem({
  objects,
  object,
  spec,
  targetKind,
}: Incoming): string | undefined {
  const { namespace, name } = object.metadata;
  const others = objects
    .list(requireType(objects, object.apiVersion, 'ScaledObject'), {
      namespace,
    })
    .items.filter(other => other.metadata.name !== name);
  for (const other of others) {
    const otherSpec = readScaledObjectSpec(other);
    if (
      otherSpec.scaleTargetRef.name === spec.scaleTargetRef.name &&
      targetKindOf(scaleTargetType(objects, targetRefOf(otherSpec))) ===
        targetKind
    ) {
      return `the workload '${spec.scaleTargetRef.name}' of type '${targetKind}' is already managed by the ScaledObject '${other.metadata.name}'`;
    }
    const hpaName = hpaNameOf(name, spec);
    if (hpaNameOf(other.metadata.name, otherSpec) === hpaName) {
      return `the HPA '${hpaName}' is already managed by the ScaledObject '${other.metadata.name}'`;
    }
  }
  return undefined;
}

function autoscalerProblem({
  objects,
  object,
  spec,
  targetKind,
}: Incoming): string | undefined {
  const { namespace, name, annotations = {} } = object.metadata;
  const type = requireType(
    objects,
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
  );
  for (const hpa of objects.list(type, { namespace }).items) {
    const { metadata, spec: hpaSpec } = autoscalerSchema.parse(hpa);
    const target = hpaSpec.scaleTargetRef;
    const owned = (metadata.ownerReferences ?? []).some(
      owner => owner.kind === object.kind && owner.name === name,
    );
    if (
      owned ||
      hpa.metadata.annotations?.[KEDA_ANNOTATIONS.hpaOwnership] === 'false' ||
      target.name !== spec.scaleTargetRef.name ||
      targetKindOf(scaleTargetType(objects, target)) !== targetKind
    ) {
      continue;
    }
    const hpaName = hpa.metadata.name;
    if (annotations[KEDA_ANNOTATIONS.transferOwnership] !== 'true') {
      return `the workload '${target.name}' of type '${targetKind}' is already managed by the hpa '${hpaName}'`;
    }
    if (spec.advanced?.horizontalPodAutoscalerConfig?.name !== hpaName) {
      return `the existing hpa '${hpaName}' for workload '${target.name}' of type '${targetKind}' must be specified by name in advanced settings to enable ownership transfer`;
    }
  }
  return undefined;
}

function fallbackProblem(spec: ScaledObjectSpec): string | undefined {
  const { fallback, triggers } = spec;
  if (!fallback) {
    return undefined;
  }
  if (fallback.failureThreshold < 0 || fallback.replicas < 0) {
    return `FailureThreshold=${fallback.failureThreshold} & Replicas=${fallback.replicas} must both be greater than or equal to 0`;
  }
  if (
    !usesScalingModifiers(spec) &&
    triggers.every(({ type }) => ['cpu', 'memory'].includes(type))
  ) {
    return 'at least one trigger (that is not cpu or memory) has to have the `AverageValue` type for the fallback to be enabled';
  }
  return undefined;
}

function nameProblem(name: string, spec: ScaledObjectSpec): string | undefined {
  if (name.length > 63) {
    return `scaledobject name "${name}" is ${name.length} characters long; must be no more than 63 characters because it is used as the "${SCALED_OBJECT_LABEL}" label value`;
  }
  const hpaName = hpaNameOf(name, spec);
  return hpaName.length > 63
    ? `HPA name "${hpaName}" derived from scaledobject is ${hpaName.length} characters long; must be no more than 63 characters; set spec.advanced.horizontalPodAutoscalerConfig.name to a shorter name or shorten the scaledobject name`
    : undefined;
}

function targetKindOrProblem(
  objects: ClusterObjects,
  spec: ScaledObjectSpec,
): { targetKind: string } | { problem: string } {
  try {
    return {
      targetKind: targetKindOf(scaleTargetType(objects, targetRefOf(spec))),
    };
  } catch {
    const { apiVersion, kind } = targetRefOf(spec);
    return {
      problem: `no matches for kind "${kind}" in version "${apiVersion}"`,
    };
  }
}

/**
 * KEDA's admission webhook for ScaledObjects. It refuses a second ScaledObject
 * or a foreign autoscaler on one target and counts that contradict each other;
 * like the real one it looks at no query and no threshold.
 */
export function admitScaledObject(objects: ClusterObjects): Admission {
  return ({ operation, type, object, subresource, user, warn }) => {
    if (
      type.group !== 'keda.sh' ||
      type.kind !== 'ScaledObject' ||
      operation === 'DELETE' ||
      object === undefined ||
      subresource !== undefined ||
      // KEDA's own writes change nothing of what is looked at here.
      user === undefined
    ) {
      return;
    }
    const spec = readScaledObjectSpec(object);
    const target = targetKindOrProblem(objects, spec);
    const problem =
      'problem' in target
        ? target.problem
        : otherScaledObjectProblem({ objects, object, spec, ...target }) ??
          autoscalerProblem({ objects, object, spec, ...target }) ??
          replicaBoundsProblem(spec) ??
          fallbackProblem(spec) ??
          nameProblem(object.metadata.name, spec) ??
          triggersProblem(spec);
    if (problem !== undefined) {
      throw new StatusError({
        code: 403,
        reason: 'Forbidden',
        message: `admission webhook "vscaledobject.kb.io" denied the request: ${problem}`,
      });
    }
    scaledObjectWarnings(spec).forEach(warn);
  };
}
