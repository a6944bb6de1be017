import type { Prometheus } from './prometheusSpec';

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid?: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** @param controls - false for what several of them share */
export function ownedBy(
  { object, name }: Prometheus,
  { controls }: { controls: boolean },
): OwnerReference {
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    name,
    uid: object.metadata.uid,
    ...(controls ? { controller: true, blockOwnerDeletion: true } : {}),
  };
}
