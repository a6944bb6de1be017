/** Who asks, as authentication (or impersonation) found out. */
export interface UserInfo {
  username: string;
  uid?: string;
  groups: readonly string[];
  extra?: Readonly<Record<string, readonly string[]>>;
}

/** Group that every right belongs to. */
export const SYSTEM_MASTERS = 'system:masters';
