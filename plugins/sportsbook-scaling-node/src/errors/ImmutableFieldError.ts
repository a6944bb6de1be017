import { CustomErrorBase } from '@backstage/errors';
import { keepCause } from './keepCause';

/** A field of an object that exists cannot change, and the object was not to be made anew. */
export class ImmutableFieldError extends CustomErrorBase {
  name = 'ImmutableFieldError' as const;
  /** Such as `.spec.selector`. */
  readonly fields: string[];

  constructor(message: string, fields: string[], cause?: unknown) {
    super(message);
    this.fields = fields;
    keepCause(this, cause);
  }
}
