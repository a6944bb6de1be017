import type { UserInfo } from '../model/UserInfo';

export interface AccessRequest {
  user: UserInfo;
  verb: string;
  /** Resource requests. */
  group?: string;
  resource?: string;
  subresource?: string;
  namespace?: string;
  name?: string;
  /** Everything else, such as `/metrics`. */
  path?: string;
}

/** RBAC over the Roles and bindings that are stored. */
export interface Authorizer {
  authorize(request: AccessRequest): { allowed: boolean; reason: string };
}
