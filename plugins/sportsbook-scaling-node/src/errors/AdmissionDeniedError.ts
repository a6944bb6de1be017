import { CustomErrorBase } from '@backstage/errors';

/**
 * An admission webhook or policy of the cluster denied the object. Not a gap
 * in rights: the same object is denied to everyone.
 */
export class AdmissionDeniedError extends CustomErrorBase {
  name = 'AdmissionDeniedError' as const;
  /** Such as `vscaledobject.kb.io`; undefined for the server's own policies. */
  readonly webhook?: string;

  constructor(message: string, webhook?: string) {
    super(message);
    this.webhook = webhook;
  }
}
