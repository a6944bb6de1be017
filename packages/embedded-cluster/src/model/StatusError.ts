/** One of the `details.causes` of a Kubernetes Status. */
export interface StatusCause {
  reason?: string;
  message?: string;
  field?: string;
}

/** Body of an error as the Kubernetes API answers it (`kind: Status`). */
export interface Status {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: Record<string, never>;
  status: 'Failure' | 'Success';
  message?: string;
  reason?: string;
  details?: {
    name?: string;
    group?: string;
    kind?: string;
    uid?: string;
    causes?: StatusCause[];
    retryAfterSeconds?: number;
  };
  code: number;
}

/** What names the resource in a refusal: `deployments.apps "odds-api" not found`. */
export interface ResourceName {
  group: string;
  /** Plural, as in the URL. */
  resource: string;
}

/** `deployments.apps`, or `pods` in the core group. */
export function qualifiedResource({ group, resource }: ResourceName): string {
  return group === '' ? resource : `${resource}.${group}`;
}

/**
 * A refusal that the API server answers with a Status body. Everything that
 * refuses a request throws this and nothing else; any other error is a defect
 * and becomes a 500.
 */
export class StatusError extends Error {
  readonly name = 'StatusError' as const;
  readonly code: number;
  readonly reason: string | undefined;
  readonly details: Status['details'];

  constructor(options: {
    code: number;
    /** Absent where the real server sends none (a typed patch that fails). */
    reason?: string;
    message: string;
    details?: Status['details'];
  }) {
    super(options.message);
    this.code = options.code;
    this.reason = options.reason;
    this.details = options.details;
  }

  toStatus(): Status {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      ...(this.reason === undefined ? {} : { reason: this.reason }),
      ...(this.details === undefined ? {} : { details: this.details }),
      code: this.code,
    };
  }

  static notFound(resource: ResourceName, name: string): StatusError {
    return new StatusError({
      code: 404,
      reason: 'NotFound',
      message: `${qualifiedResource(resource)} "${name}" not found`,
      details: {
        name,
        ...(resource.group === '' ? {} : { group: resource.group }),
        kind: resource.resource,
      },
    });
  }

  static alreadyExists(resource: ResourceName, name: string): StatusError {
    return new StatusError({
      code: 409,
      reason: 'AlreadyExists',
      message: `${qualifiedResource(resource)} "${name}" already exists`,
      details: {
        name,
        ...(resource.group === '' ? {} : { group: resource.group }),
        kind: resource.resource,
      },
    });
  }

  /** @param why - the part after the colon of "Operation cannot be fulfilled on ..." */
  static conflict(
    resource: ResourceName,
    name: string,
    why: string,
  ): StatusError {
    return new StatusError({
      code: 409,
      reason: 'Conflict',
      message: `Operation cannot be fulfilled on ${qualifiedResource(
        resource,
      )} "${name}": ${why}`,
      details: {
        name,
        ...(resource.group === '' ? {} : { group: resource.group }),
        kind: resource.resource,
      },
    });
  }

  /** Causes become the message, as the server writes it. */
  static invalid(
    kind: { group: string; kind: string },
    name: string,
    causes: StatusCause[],
  ): StatusError {
    // What was found more than once is a cause each time, but said once.
    const lines = [
      ...new Set(causes.map(({ field, message }) => `${field}: ${message}`)),
    ];
    return new StatusError({
      code: 422,
      reason: 'Invalid',
      message: `${
        kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`
      } "${name}" is invalid: ${
        lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`
      }`,
      details: {
        ...(name === '' ? {} : { name }),
        ...(kind.group === '' ? {} : { group: kind.group }),
        kind: kind.kind,
        causes,
      },
    });
  }

  static badRequest(message: string): StatusError {
    return new StatusError({ code: 400, reason: 'BadRequest', message });
  }

  static internal(message: string): StatusError {
    return new StatusError({
      code: 500,
      reason: 'InternalError',
      message: `Internal error occurred: ${message}`,
      details: { causes: [{ message }] },
    });
  }

  /** What the embedded cluster does not have. @param sentence - what, and what to do instead */
  static notImplemented(sentence: string): StatusError {
    return new StatusError({
      code: 501,
      reason: 'NotImplemented',
      message: `the embedded cluster ${sentence}`,
    });
  }
}
