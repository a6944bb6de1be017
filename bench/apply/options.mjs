import { parseArgs } from 'node:util';

/** What is applied: release manifests, and many small objects. */
const WORKS = ['releases', 'configMaps'];

/**
 * What the run was asked for.
 *
 * @returns `{kubeconfig, releases, rounds, works, configMaps}`: the cluster, files
 * or URLs of the release manifests, how often each figure is measured, what is
 * applied, and how many ConfigMaps
 */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      kubeconfig: { type: 'string', default: process.env.KUBECONFIG },
      release: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string', default: '7' },
      'config-maps': { type: 'string', default: '300' },
      only: { type: 'string' },
    },
  });
  if (values.kubeconfig === undefined) {
    throw new Error(
      'There is no cluster to measure on: name its kubeconfig with --kubeconfig.',
    );
  }
  if (values.only !== undefined && !WORKS.includes(values.only)) {
    throw new Error(
      `--only takes one of ${WORKS.join(', ')}, not "${values.only}".`,
    );
  }
  if (values.release.length === 0 && values.only !== 'configMaps') {
    throw new Error(
      'There are no release manifests: name those of the Prometheus operator and of KEDA, as files or URLs, with --release.',
    );
  }
  return {
    kubeconfig: values.kubeconfig,
    releases: values.release,
    rounds: count(values, 'rounds'),
    works: values.only === undefined ? WORKS : [values.only],
    configMaps: count(values, 'config-maps'),
  };
}

function count(values, name) {
  const value = Number(values[name]);
  if (!Number.isInteger(value) || value < 1) {
    throw new Error(
      `--${name} takes a whole number above 0, not "${values[name]}".`,
    );
  }
  return value;
}
