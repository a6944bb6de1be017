import type { IncomingHttpHeaders } from 'node:http';
import type { UserInfo } from '../model/UserInfo';
import type { AccessRequest } from './Authorizer';

/** A client certificate, as the TLS handshake found it. */
export interface ClientCertificate {
  commonName: string;
  organizations: readonly string[];
  /** Signed by the cluster's CA and valid now. */
  trusted: boolean;
  /** Why it is not trusted, such as `CERT_HAS_EXPIRED`. */
  problem?: string;
  /** SHA-256 of the certificate, hexadecimal; colons and case do not matter. */
  fingerprint256?: string;
}

/** What authentication may look at. */
export interface AuthenticationRequest {
  /** Absent where the client showed none. */
  certificate?: ClientCertificate;
  /** `authorization` and the `impersonate-*` headers matter. */
  headers: IncomingHttpHeaders;
  /**
   * What the request wants to do. Kubernetes' constrained impersonation grants
   * it for some actions only (verb `impersonate-on:user-info:list`); without
   * this, only the unconstrained verb `impersonate` counts.
   */
  access?: Omit<AccessRequest, 'user'>;
}

/**
 * Finds out who asks; for a request that impersonates, who is impersonated.
 * Somebody who shows nothing is `system:anonymous`.
 *
 * @throws StatusError 401 for credentials that are not valid, 403 where
 * impersonation is not allowed
 */
export type Authenticate = (
  request: AuthenticationRequest,
) => UserInfo | Promise<UserInfo>;
