import { KubernetesObject } from '../kubernetesObject';

/** An object named `betting/odds-api` of generation 2, with what a test is about. */
export function object(
  apiVersion: string,
  kind: string,
  fields: {
    metadata?: Partial<KubernetesObject['metadata']>;
    spec?: unknown;
    status?: unknown;
  } = {},
): KubernetesObject {
  return {
    apiVersion,
    kind,
    spec: {},
    ...fields,
    metadata: {
      name: 'odds-api',
      namespace: 'betting',
      generation: 2,
      ...fields.metadata,
    },
  };
}
