import {
  formatObjectRef,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';

/** What to do about refusals that the server explains without one. */
const NEXT_STEPS: { pattern: RegExp; nextStep: string }[] = [
  {
    pattern: /field is immutable|cannot change roleRef/,
    nextStep:
      'Leave the field as it is, or delete the object first and apply it anew.',
  },
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
];

/** Why the server does not take an object, with the next step, and naming the object once. */
export function describeRefusal(ref: ObjectRef, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const step = NEXT_STEPS.find(({ pattern }) => pattern.test(message));
  const name = formatObjectRef(ref);
  return [
    message.includes(name) ? message : `${name}: ${message}`,
    step?.nextStep,
  ]
    .filter(part => part !== undefined)
    .join(/[.!?]$/.test(message) ? ' ' : '. ');
}
