import type { E2eOptions } from '../options';

/**
 * The flags of `npm start` that say which cluster the run brings.
 *
 * @param contexts - contexts of `kubeconfig` that become clusters
 */
export function clusterArguments(
  { brought }: Pick<E2eOptions, 'brought'>,
  contexts: string[],
  kubeconfig = brought?.kubeconfig,
): string[] {
  if (brought === undefined || kubeconfig === undefined) {
    return [];
  }
  return [
    ...contexts.flatMap(context => ['--cluster', context]),
    '--kubeconfig',
    kubeconfig,
    '--registry',
    brought.registry,
    ...(brought.registryInsecure ? ['--registry-insecure'] : []),
  ];
}
