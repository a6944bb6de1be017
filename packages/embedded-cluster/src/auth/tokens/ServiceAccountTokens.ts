import type { UserInfo } from '../../model/UserInfo';
import type { IssueToken } from '../../ports/TokenIssuer';

/** Issuer, and the audience of tokens that name none. */
export const API_AUDIENCE = 'https://kubernetes.default.svc';

export type TokenCheck =
  | {
      status: 'valid';
      user: UserInfo;
      /** Those of the token that were asked for. */
      audiences: readonly string[];
    }
  | { status: 'invalid'; reason: string };

/** The JSON Web Tokens of ServiceAccounts. */
export interface ServiceAccountTokens {
  issue: IssueToken;
  /**
   * A token is valid as long as its ServiceAccount, and what it is bound to,
   * exist with the same uid.
   *
   * @param audiences - default: the API server's own
   */
  check(token: string, audiences?: readonly string[]): Promise<TokenCheck>;
}
