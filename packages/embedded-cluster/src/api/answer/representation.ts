import { StatusError } from '../../model/StatusError';

/** What form a client wants an object or list in. */
export interface Representation {
  as: 'object' | 'table' | 'partial' | 'partialList';
  /** Of `meta.k8s.io`, for the last three. */
  version: 'v1' | 'v1beta1';
  encoding: 'json' | 'yaml';
}

export const PLAIN: Representation = {
  as: 'object',
  version: 'v1',
  encoding: 'json',
};

const FORMS: Readonly<Record<string, Representation['as']>> = {
  Table: 'table',
  PartialObjectMetadata: 'partial',
  PartialObjectMetadataList: 'partialList',
};

const ENCODINGS = new Map<string, 'json' | 'yaml' | 'protobuf'>([
  ['application/json', 'json'],
  ['application/*', 'json'],
  ['*/*', 'json'],
  ['application/yaml', 'yaml'],
  ['application/vnd.kubernetes.protobuf', 'protobuf'],
]);

// Clients send the same few again and again.
const known = new Map<string, Representation>();
const KNOWN_AT_MOST = 256;

/**
 * The first of the forms in an `Accept` header that there is.
 *
 * @throws StatusError 406
 */
export function representationOf(accept: string | undefined): Representation {
  if (accept === undefined || accept === '') {
    return PLAIN;
  }
  let found = known.get(accept);
  if (!found) {
    found = negotiate(accept);
    if (known.size < KNOWN_AT_MOST) {
      known.set(accept, found);
    }
  }
  return found;
}

function negotiate(accept: string): Representation {
  let readable = false;
  for (const { type, parameters } of clausesOf(accept)) {
    const encoding = ENCODINGS.get(type);
    if (encoding === 'protobuf') {
      // Every client of Kubernetes that asks for it reads JSON too.
      readable = true;
    } else if (encoding !== undefined) {
      readable = true;
      const as = parameters.get('as');
      const version = parameters.get('v');
      if (as === undefined) {
        return { as: 'object', version: 'v1', encoding };
      }
      if (
        parameters.get('g') === 'meta.k8s.io' &&
        (version === 'v1' || version === 'v1beta1') &&
        Object.hasOwn(FORMS, as)
      ) {
        return { as: FORMS[as], version, encoding };
      }
    }
  }
  if (readable && !accept.includes('as=')) {
    return PLAIN;
  }
  throw readable
    ? new StatusError({
        code: 406,
        reason: 'NotAcceptable',
        message:
          'only the following media types are accepted: application/json, application/yaml',
      })
    : new StatusError({
        code: 406,
        reason: 'NotAcceptable',
        message:
          '406: Not Acceptable\n\nAvailable representations: application/json, application/yaml',
        details: {},
      });
}

interface Clause {
  type: string;
  parameters: ReadonlyMap<string, string>;
}

/** What is accepted, the most wanted first. */
function clausesOf(accept: string): Clause[] {
  return accept
    .split(',')
    .map(clause => {
      const [type, ...rest] = clause.split(';').map(part => part.trim());
      const parameters = new Map(
        rest.map(part => {
          const [name, value = ''] = part.split('=', 2);
          return [name.toLowerCase(), value.replace(/^"|"$/g, '')];
        }),
      );
      return {
        type: type.toLowerCase(),
        parameters,
        quality: Number(parameters.get('q') ?? 1),
      };
    })
    .sort((left, right) => right.quality - left.quality);
}
