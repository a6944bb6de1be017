import { CustomErrorBase } from '@backstage/errors';

/** The cluster does not serve a kind; usually its operator is not installed. */
export class ApiNotInstalledError extends CustomErrorBase {
  name = 'ApiNotInstalledError' as const;
  readonly apiVersion: string;
  readonly kind: string;

  constructor(message: string, missing: { apiVersion: string; kind: string }) {
    super(message);
    this.apiVersion = missing.apiVersion;
    this.kind = missing.kind;
  }
}
