import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { parse } from 'yaml';
import { renderCase } from './renderCase';

/** The objects in `k8s/` of a rendered repository, by file name, as a YAML 1.1 reader such as kubectl sees them. */
export async function renderManifests(
  values: unknown,
): Promise<Map<string, KubernetesObject>> {
  const manifests = (await renderCase(values)).filter(({ path }) =>
    path.startsWith('k8s/'),
  );
  return new Map(
    manifests.map(({ path, content }) => [
      path.slice('k8s/'.length),
      parse(content.toString(), { version: '1.1' }),
    ]),
  );
}
