import {
  formatObjectRef,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { describeImmutableFields, immutableFieldsOf } from './immutableFields';

/** What to do about refusals that the server explains without one. */
const NEXT_STEPS: { pattern: RegExp; nextStep: string }[] = [
  {
    pattern: /failed to create typed patch object/,
    nextStep:
      'Correct the manifest: the field is unknown to the kind, or its value has another type.',
  },
  {
    pattern: /provided port is (already allocated|not in the valid range)/,
    nextStep:
      'Choose another node port, or leave nodePort out and let the cluster choose.',
  },
  {
    pattern: /namespaces "[^"]*" not found/,
    nextStep: 'Make the namespace first, or let the manifests bring it.',
  },
  {
    pattern: /exceeded quota/,
    nextStep: 'Ask for less, or have the quota of the namespace raised.',
  },
  {
    pattern: /violates PodSecurity/,
    nextStep:
      'Set what the message names in the pod template, or use a namespace that allows it.',
  },
  {
    pattern: /failed calling (admission )?webhook/,
    nextStep:
      'Check that the pods behind the webhook are ready. Where what it belonged to is gone, remove its configuration.',
  },
  {
    pattern: /Too long: may not be more than|Request entity too large/,
    nextStep: 'Split the object, or keep its large values elsewhere.',
  },
];

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Why the server does not take an object, with the next step, and naming the object once. */
export function describeRefusal(ref: ObjectRef, error: unknown): string {
  const immutable = immutableFieldsOf(error);
  // The server's own words hold the values, which may be long or secret.
  const message =
    immutable === undefined
      ? messageOf(error)
      : `${describeImmutableFields(
          immutable,
        )}. Leave it as it is, or name the object in recreate to have it deleted and created anew.`;
  const step = NEXT_STEPS.find(({ pattern }) => pattern.test(message));
  const name = formatObjectRef(ref);
  return [
    message.includes(name) ? message : `${name}: ${message}`,
    step?.nextStep,
  ]
    .filter(part => part !== undefined)
    .join(/[.!?]$/.test(message) ? ' ' : '. ');
}
