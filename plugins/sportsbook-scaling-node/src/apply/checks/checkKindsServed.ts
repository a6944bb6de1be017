import { PLATFORM_TEMPLATE_REF } from '@sportsbook/plugin-sportsbook-scaling-common';
import { apiGroupOf } from '../../model/objectKey';
import { PlanCheck } from '../PlanContext';

/** Who serves a group of kinds, and what to do where nobody does. */
const PROVIDERS: Record<string, { product: string; nextStep: string }> = {
  'keda.sh': {
    product: 'KEDA is not installed',
    nextStep: `install it by the template 'Prepare a cluster' (${PLATFORM_TEMPLATE_REF}), or with: kubectl apply --server-side -f https://github.com/kedacore/keda/releases/download/v2.20.2/keda-2.20.2.yaml`,
  },
  'monitoring.coreos.com': {
    product: 'the Prometheus operator is not installed',
    nextStep: `install it by the template 'Prepare a cluster' (${PLATFORM_TEMPLATE_REF}), or with: kubectl apply --server-side -f https://github.com/prometheus-operator/prometheus-operator/releases/download/v0.93.0/bundle.yaml`,
  },
};

function reasonFor(apiVersion: string, otherVersions: string[]): string {
  const group = apiGroupOf(apiVersion);
  if (otherVersions.length > 0) {
    return `it serves the kind as ${otherVersions.join(
      ', ',
    )}; write the manifest for that version`;
  }
  const provider = PROVIDERS[group];
  return provider === undefined
    ? `install what defines ${
        group === '' ? 'it' : `the group ${group}`
      }, or apply its definition first`
    : `${provider.product}; ${provider.nextStep}`;
}

/** Refuses kinds that the cluster does not serve and the set does not define. */
export const checkKindsServed: PlanCheck = async ({
  client,
  catalog,
  objects,
}) => ({
  covered: objects.filter(({ resource }) => resource === undefined),
  problems: objects
    .filter(({ resource }) => resource === undefined)
    .map(({ object, ref, source }) => {
      const others = catalog
        .resources()
        .filter(
          served =>
            served.kind === object.kind &&
            apiGroupOf(served.apiVersion) === apiGroupOf(object.apiVersion),
        )
        .map(({ apiVersion }) => apiVersion);
      return {
        ref,
        source,
        message: `cluster '${client.cluster}' does not serve ${
          object.kind
        } in ${object.apiVersion}: ${reasonFor(object.apiVersion, others)}`,
      };
    }),
});
