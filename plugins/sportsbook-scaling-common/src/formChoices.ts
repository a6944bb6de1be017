/** Why something cannot be chosen, in words for whoever fills in the form. */
export interface ChoiceRefusal {
  /** One sentence, with its full stop. */
  reason: string;
  /** What to do about it. */
  nextStep: string;
}

/** A cluster that somebody may create on. */
export interface ClusterChoice {
  name: string;
  /** Whether a task needs the user's own Kubernetes token for it. */
  access: 'sharedAccount' | 'userToken';
}

/** Answer of `GET /v1/clusters`. */
export interface ClusterChoices {
  /** In alphabetical order. */
  clusters: ClusterChoice[];
  /** There where `clusters` is empty. */
  refusal?: ChoiceRefusal;
}

/**
 * The namespaces that are there, as far as they could be listed. Forbidden,
 * unreachable and a token that is missing are three different things.
 */
export type ListedNamespaces =
  | {
      status: 'listed';
      /** In alphabetical order. */
      names: string[];
    }
  | {
      status: 'forbidden' | 'unreachable' | 'tokenNeeded' | 'failed';
      /** In words, with its full stop. */
      message: string;
    };

/** Answer of `GET /v1/clusters/:cluster/namespaces`. */
export interface NamespaceChoices {
  /** Those that are there and that the user may use. */
  existing: ListedNamespaces;
  /** What rules allow, as they are written: names, `team-*`, `*`. */
  allowed: string[];
  /** Pattern for the names of new namespaces; absent: none is made. */
  newNamePattern?: string;
}

/** Header that carries the user's Kubernetes token, where a cluster is reached with it. */
export const KUBERNETES_TOKEN_HEADER = 'x-kubernetes-token';

/** Secret of a scaffolder task that holds the Kubernetes token of its user. */
export const KUBERNETES_TOKEN_SECRET = 'KUBERNETES_TOKEN';
