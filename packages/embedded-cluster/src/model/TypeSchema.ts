/**
 * A Kubernetes structural schema, resolved: what server-side apply, strategic
 * merge, pruning, defaults and validation walk along. Made from the recorded
 * OpenAPI documents for built-in kinds and from `openAPIV3Schema` for
 * definitions. References are resolved lazily, so that recursive types are
 * possible: read children through the functions.
 */
export interface TypeSchema {
  /** Undefined: any value (such as the fields of a `RawExtension`). */
  readonly type?:
    | 'object'
    | 'array'
    | 'string'
    | 'integer'
    | 'number'
    | 'boolean';
  readonly format?: string;
  /** Last part of the recorded definition's name, such as `PodSpec`: the server's type errors name it. */
  readonly goType?: string;
  /** Undefined where the object has no fixed properties. */
  property(name: string): TypeSchema | undefined;
  propertyNames(): readonly string[];
  /** Schema of the values of a map; undefined where it is none. */
  readonly additionalProperties?: TypeSchema;
  readonly items?: TypeSchema;
  readonly required: readonly string[];
  /** Of `x-kubernetes-list-type`; `atomic` where absent. Meaningful for arrays. */
  readonly listType: 'atomic' | 'set' | 'map';
  readonly listMapKeys: readonly string[];
  /** Of `x-kubernetes-map-type`; `granular` where absent. Meaningful for objects. */
  readonly mapType: 'granular' | 'atomic';
  readonly preserveUnknownFields: boolean;
  readonly embeddedResource: boolean;
  readonly intOrString: boolean;
  readonly nullable: boolean;
  /** Undefined: no default. */
  readonly default?: unknown;
  /** Of `x-kubernetes-patch-strategy` (`merge`, `replace`, `retainKeys`), split at commas. */
  readonly patchStrategy: readonly string[];
  readonly patchMergeKey?: string;
  /** `x-kubernetes-validations`. */
  readonly rules: readonly ValidationRule[];
  /** The JSON schema of this node as recorded, for ajv and for `kubectl explain`. */
  readonly raw: Record<string, unknown>;
}

/** One `x-kubernetes-validations` entry. */
export interface ValidationRule {
  rule: string;
  message?: string;
  messageExpression?: string;
  reason?: string;
  fieldPath?: string;
}
