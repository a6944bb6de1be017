import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { StatusError } from '../../model/StatusError';
import type { PodTemplate } from '../views/workloadParts';
import {
  CONTROLLER_MANAGER,
  type ControllerContext,
} from './ControllerContext';
import { isNamespaceTerminating } from './isNamespaceTerminating';
import { controllerReference } from './ownership';
import { requireType } from '../../runtime/requireType';
import { messageOf } from '../../runtime/messageOf';

export interface NewPod {
  owner: KubernetesObject;
  template: PodTemplate;
  /** `source.component` of the events. */
  component: string;
  /** Beyond those of the template. */
  finalizers?: readonly string[];
  annotations?: Readonly<Record<string, string>>;
  labels?: Readonly<Record<string, string>>;
  /** Before the five random letters; default the owner's name and a dash. */
  generateName?: string;
  /** Fields of the pod's spec that differ from the template. */
  spec?: Readonly<Record<string, unknown>>;
}

/**
 * Makes a pod of a template and says so in an event of its owner.
 *
 * @throws StatusError as the API refuses it, after the event that tells of it
 */
export function createPod(
  { objects, events }: ControllerContext,
  pod: NewPod,
): KubernetesObject {
  const { owner, template, component } = pod;
  const { labels, annotations } = template.metadata;
  const finalizers = [
    ...(template.metadata.finalizers ?? []),
    ...(pod.finalizers ?? []),
  ];
  try {
    const { object } = objects.create(
      requireType(objects, 'v1', 'Pod'),
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          // The store makes the name of generateName.
          name: '',
          generateName: pod.generateName ?? `${owner.metadata.name}-`,
          namespace: owner.metadata.namespace,
          ...(labels === undefined && pod.labels === undefined
            ? {}
            : { labels: { ...labels, ...pod.labels } }),
          ...(annotations === undefined && pod.annotations === undefined
            ? {}
            : { annotations: { ...annotations, ...pod.annotations } }),
          ...(finalizers.length === 0 ? {} : { finalizers }),
          ownerReferences: [controllerReference(owner)],
        },
        spec: { ...template.spec, ...pod.spec },
      },
      { manager: CONTROLLER_MANAGER },
    );
    events.record({
      object: owner,
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Created pod: ${object.metadata.name}`,
      component,
    });
    return object;
  } catch (error) {
    if (!isNamespaceTerminating(error)) {
      events.record({
        object: owner,
        type: 'Warning',
        reason: 'FailedCreate',
        message: `Error creating: ${messageOf(error)}`,
        component,
      });
    }
    throw error;
  }
}

/** Asks a pod to end and says so in an event of its owner; one that is gone already is no failure. */
export function deletePod(
  { objects, events }: ControllerContext,
  {
    owner,
    pod,
    component,
  }: { owner: KubernetesObject; pod: KubernetesObject; component: string },
): void {
  try {
    objects.delete(requireType(objects, 'v1', 'Pod'), pod.metadata, {
      preconditions: { uid: pod.metadata.uid },
    });
  } catch (error) {
    if (error instanceof StatusError && error.reason === 'NotFound') {
      return;
    }
    events.record({
      object: owner,
      type: 'Warning',
      reason: 'FailedDelete',
      message: `Error deleting: ${messageOf(error)}`,
      component,
    });
    throw error;
  }
  events.record({
    object: owner,
    type: 'Normal',
    reason: 'SuccessfulDelete',
    message: `Deleted pod: ${pod.metadata.name}`,
    component,
  });
}
