import type { ClusterObjects } from '../../ports/ClusterObjects';
import type { BoundReferences } from './tokenClaims';

/** Why a token no longer counts: something that it names is gone or another one. Undefined: it counts. */
export function whyNotAlive(
  objects: ClusterObjects,
  references: BoundReferences,
): string | undefined {
  const { namespace, serviceaccount, pod, secret, node } = references;
  const uidOf = (resource: string, name: string, inNamespace: boolean) => {
    const type = objects.typeAt('', 'v1', resource);
    return (
      type &&
      objects.find(type, { name, ...(inNamespace ? { namespace } : {}) })
        ?.metadata.uid
    );
  };

  const present = uidOf('serviceaccounts', serviceaccount.name, true);
  if (present === undefined) {
    return `serviceaccounts "${serviceaccount.name}" not found`;
  }
  if (present !== serviceaccount.uid) {
    return `service account UID (${present}) does not match claim (${serviceaccount.uid})`;
  }
  // A token that is bound to a pod notes the pod's node, but lives as long as the pod.
  const bound = [
    { kind: 'secret', reference: secret, inNamespace: true },
    { kind: 'pod', reference: pod, inNamespace: true },
    {
      kind: 'node',
      reference: pod === undefined ? node : undefined,
      inNamespace: false,
    },
  ];
  for (const { kind, reference, inNamespace } of bound) {
    if (reference !== undefined) {
      const uid = uidOf(`${kind}s`, reference.name, inNamespace);
      if (uid === undefined) {
        return 'service account token has been invalidated';
      }
      if (uid !== reference.uid) {
        return `${kind} UID (${uid}) does not match service account ${kind} ref claim (${reference.uid})`;
      }
    }
  }
  return undefined;
}
