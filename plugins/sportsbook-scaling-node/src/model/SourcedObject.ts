import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';

/** Where an object is written. */
export interface ManifestSource {
  /** Path as the reader of a message knows it. */
  file: string;
  /** Counted from 1. */
  document: number;
  /** Line on which the object begins, counted from 1. */
  line: number;
}

/** An object of a manifest, and where to find it. */
export interface SourcedObject {
  object: KubernetesObject;
  source: ManifestSource;
}

/** `k8s/x.yaml, document 2, line 14`. */
export function formatManifestSource(source: ManifestSource): string {
  return `${source.file}, document ${source.document}, line ${source.line}`;
}
