/** What `POST .../serviceaccounts/<name>/token` asks for. */
export interface TokenToIssue {
  namespace: string;
  serviceAccount: string;
  /** Default: the API server's own. */
  audiences?: readonly string[];
  /** Default 3,600; at least 600. */
  expirationSeconds?: number;
  /** The token ends with this object. */
  boundTo?: { kind: string; apiVersion?: string; name: string; uid?: string };
}

export interface IssuedToken {
  token: string;
  /** RFC 3339. */
  expirationTimestamp: string;
  audiences?: readonly string[];
}

/** @throws StatusError */
export type IssueToken = (request: TokenToIssue) => Promise<IssuedToken>;
