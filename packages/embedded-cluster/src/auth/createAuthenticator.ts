import { StatusError } from '../model/StatusError';
import type { UserInfo } from '../model/UserInfo';
import type {
  Authenticate,
  AuthenticationRequest,
  ClientCertificate,
} from '../ports/Authenticator';
import type { Authorizer } from '../ports/Authorizer';
import { createImpersonation } from './impersonation/createImpersonation';
import { readWantedUser } from './impersonation/WantedUser';
import type { ServiceAccountTokens } from './tokens';

const ANONYMOUS: UserInfo = {
  username: 'system:anonymous',
  groups: ['system:unauthenticated'],
};

const unauthorized = () =>
  new StatusError({
    code: 401,
    reason: 'Unauthorized',
    message: 'Unauthorized',
  });

function ofCertificate(certificate: ClientCertificate): UserInfo | undefined {
  const { trusted, commonName, organizations, fingerprint256 } = certificate;
  if (!trusted || commonName === '') {
    return undefined;
  }
  return {
    username: commonName,
    groups: [...organizations, 'system:authenticated'],
    ...(fingerprint256 === undefined
      ? {}
      : {
          extra: {
            'authentication.kubernetes.io/credential-id': [
              `X509SHA256=${fingerprint256.replaceAll(':', '').toLowerCase()}`,
            ],
          },
        }),
  };
}

function bearerTokenOf(header: string | undefined): string | undefined {
  return /^bearer +([^ ]+) *$/i.exec(header ?? '')?.[1];
}

/**
 * Tells who asks: by client certificate (common name and organizations), then
 * by the bearer token of a ServiceAccount; nobody's requests are anonymous.
 * Other schemes of `Authorization` count for nothing, as in Kubernetes.
 */
export function createAuthenticator(options: {
  tokens: Pick<ServiceAccountTokens, 'check'>;
  authorizer: Authorizer;
}): Authenticate {
  const { tokens, authorizer } = options;
  const impersonate = createImpersonation(authorizer);

  const identify = (
    request: AuthenticationRequest,
  ): UserInfo | Promise<UserInfo> => {
    const { certificate, headers } = request;
    const owner = certificate && ofCertificate(certificate);
    if (owner) {
      return owner;
    }
    const token = bearerTokenOf(headers.authorization);
    if (token !== undefined) {
      return tokens.check(token).then(check => {
        if (check.status === 'invalid') {
          throw unauthorized();
        }
        return check.user;
      });
    }
    if (certificate) {
      throw unauthorized();
    }
    return ANONYMOUS;
  };

  return request => {
    const wanted = readWantedUser(request.headers);
    const asking = identify(request);
    if (wanted === undefined) {
      return asking;
    }
    const act = (user: UserInfo) => impersonate(user, wanted, request.access);
    return asking instanceof Promise ? asking.then(act) : act(asking);
  };
}
