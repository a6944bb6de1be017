import type { TypeSchema } from './TypeSchema';

/** A column of `kubectl get`, from a definition's `additionalPrinterColumns`. */
export interface PrinterColumn {
  name: string;
  type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  format?: string;
  description?: string;
  /** 0 is always shown, above it only with `-o wide`. */
  priority?: number;
  jsonPath: string;
}

/** A kind that the API serves, in one version. */
export interface ResourceType {
  /** Empty for the core group. */
  group: string;
  version: string;
  kind: string;
  listKind: string;
  /** As in the URL. */
  plural: string;
  singular: string;
  shortNames: readonly string[];
  categories: readonly string[];
  namespaced: boolean;
  /** As discovery lists them. */
  verbs: readonly string[];
  subresources: readonly Subresource[];
  /** Schema of the whole object. */
  schema: TypeSchema;
  /** True for kinds of CustomResourceDefinitions. */
  custom: boolean;
  /** Of the definition; absent for built-in kinds, which have printers of their own. */
  printerColumns?: readonly PrinterColumn[];
  /** JSON pointers-by-dot of a definition's scale subresource, or those of the built-in kind. */
  scale?: {
    specReplicasPath: string;
    statusReplicasPath: string;
    labelSelectorPath?: string;
  };
  /** Sentence for a 501 where the kind can be listed but nothing here would act on it. */
  notRun?: string;
}

export type Subresource =
  | 'status'
  | 'scale'
  | 'log'
  | 'proxy'
  | 'token'
  | 'finalize'
  | 'eviction'
  | 'binding'
  | 'exec'
  | 'attach'
  | 'portforward';

/** `apps/v1`, or `v1` in the core group. */
export function apiVersionOf(
  type: Pick<ResourceType, 'group' | 'version'>,
): string {
  return type.group === '' ? type.version : `${type.group}/${type.version}`;
}
