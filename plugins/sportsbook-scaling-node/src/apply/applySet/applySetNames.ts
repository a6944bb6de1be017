/**
 * The labels and annotations of an ApplySet.
 * https://github.com/kubernetes/enhancements/tree/master/keps/sig-cli/3659-kubectl-apply-prune
 */
export const APPLY_SET = {
  /** Label of a member: the id of its set. */
  partOf: 'applyset.kubernetes.io/part-of',
  /** Label of the parent: the id of the set. */
  id: 'applyset.kubernetes.io/id',
  /** Annotation of the parent: which tool manages the set. */
  tooling: 'applyset.kubernetes.io/tooling',
  /** Annotation of the parent: `Kind.group` of its members, separated by commas. */
  groupKinds: 'applyset.kubernetes.io/contains-group-kinds',
  /** Annotation of the parent: namespaces of members besides its own. */
  namespaces: 'applyset.kubernetes.io/additional-namespaces',
} as const;

/** Annotations of ours on the parent. */
export const APPLY_SET_ANNOTATIONS = {
  /** The entity that the set belongs to, as a whole entity ref. */
  entityRef: 'sportsbook-scaling/entity-ref',
  /** The scaffolder task that changed the set last. */
  lastTask: 'sportsbook-scaling/last-task',
} as const;

/** Annotation of a ScaledObject: labels that KEDA does not copy to its autoscaler. */
export const HPA_EXCLUDED_LABELS = 'scaledobject.keda.sh/hpa-excluded-labels';
