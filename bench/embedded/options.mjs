import { parseArgs } from 'node:util';

/**
 * What the run was asked for.
 *
 * @returns `{rounds, seconds, idleSeconds, reference}`: how often each figure
 * is measured, how long each round of applies takes, how long the cluster
 * rests before its memory is read, and the kubeconfig of a real cluster
 */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '4' },
      'idle-seconds': { type: 'string', default: '30' },
      reference: { type: 'string' },
    },
  });
  return {
    rounds: positive(values, 'rounds'),
    seconds: positive(values, 'seconds'),
    idleSeconds: positive(values, 'idle-seconds'),
    reference: values.reference,
  };
}

function positive(values, name) {
  const value = Number(values[name]);
  if (!(value > 0)) {
    throw new Error(`--${name} takes a number above 0, not "${values[name]}".`);
  }
  return value;
}
