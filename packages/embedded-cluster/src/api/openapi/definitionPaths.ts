import type { ResourceType } from '../../model/ResourceType';
import { schemaName, schemaReference } from './schemaName';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.';

type ValueType = 'string' | 'boolean' | 'integer';

/** What the query of each method may hold. */
const WRITE: Record<string, ValueType> = {
  dryRun: 'string',
  fieldManager: 'string',
  fieldValidation: 'string',
};
const LIST: Record<string, ValueType> = {
  allowWatchBookmarks: 'boolean',
  continue: 'string',
  fieldSelector: 'string',
  labelSelector: 'string',
  limit: 'integer',
  resourceVersion: 'string',
  resourceVersionMatch: 'string',
  sendInitialEvents: 'boolean',
  timeoutSeconds: 'integer',
  watch: 'boolean',
};
const DELETE: Record<string, ValueType> = {
  dryRun: 'string',
  gracePeriodSeconds: 'integer',
  orphanDependents: 'boolean',
  propagationPolicy: 'string',
};

const PATCHES = [
  'application/apply-patch+yaml',
  'application/json-patch+json',
  'application/merge-patch+json',
];

interface Operation {
  verb: string;
  action: string;
  query?: Record<string, ValueType>;
  body?: 'object' | 'patch' | 'deleteOptions';
  answer?: string;
}

/** The paths of one kind that a definition brings. */
export function definitionPaths(type: ResourceType): Record<string, unknown> {
  const { group, version, plural, namespaced } = type;
  const base = `/apis/${group}/${version}`;
  const collection = `${base}${
    namespaced ? '/namespaces/{namespace}' : ''
  }/${plural}`;
  const listed = schemaName({ ...type, kind: type.listKind });
  const scoped = namespaced ? ['namespace'] : [];
  const written = {
    get: { verb: 'read', action: 'get', query: { resourceVersion: 'string' } },
    put: { verb: 'replace', action: 'put', query: WRITE, body: 'object' },
    patch: {
      verb: 'patch',
      action: 'patch',
      query: { ...WRITE, force: 'boolean' },
      body: 'patch',
    },
  } as const;
  return {
    [collection]: pathItem(type, scoped, {
      get: { verb: 'list', action: 'list', query: LIST, answer: listed },
      post: { verb: 'create', action: 'post', query: WRITE, body: 'object' },
      delete: {
        verb: 'deletecollection',
        action: 'deletecollection',
        query: { ...LIST, ...DELETE },
        answer: `${META}Status`,
      },
    }),
    [`${collection}/{name}`]: pathItem(type, [...scoped, 'name'], {
      ...written,
      delete: {
        verb: 'delete',
        action: 'delete',
        query: DELETE,
        body: 'deleteOptions',
        answer: `${META}Status`,
      },
    }),
    ...(type.subresources.includes('status')
      ? {
          [`${collection}/{name}/status`]: pathItem(
            type,
            [...scoped, 'name'],
            written,
            'status',
          ),
        }
      : {}),
    ...(namespaced
      ? {
          [`${base}/${plural}`]: pathItem(
            type,
            [],
            {
              get: {
                verb: 'list',
                action: 'list',
                query: LIST,
                answer: listed,
              },
            },
            'for all namespaces',
          ),
        }
      : {}),
  };
}

function pathItem(
  type: ResourceType,
  inPath: string[],
  operations: Record<string, Operation>,
  suffix = '',
): unknown {
  return {
    ...Object.fromEntries(
      Object.entries(operations).map(([method, operation]) => [
        method,
        describe(type, operation, suffix),
      ]),
    ),
    parameters: [
      ...inPath.map(name => ({
        name,
        in: 'path',
        required: true,
        schema: { type: 'string', uniqueItems: true },
      })),
      queryParameter('pretty', 'string'),
    ],
  };
}

function describe(
  type: ResourceType,
  operation: Operation,
  suffix: string,
): unknown {
  const { group, version, kind } = type;
  const own = schemaName(type);
  return {
    tags: [`${camel(group)}_${version}`],
    description: `${operation.verb} ${kind} ${suffix}`.trim(),
    operationId: `${operation.verb}${capital(camel(group))}${capital(version)}${
      type.namespaced ? 'Namespaced' : ''
    }${kind}${capital(camel(suffix.replaceAll(' ', '.')))}`,
    parameters: Object.entries(operation.query ?? {}).map(([name, one]) =>
      queryParameter(name, one),
    ),
    ...(operation.body === undefined
      ? {}
      : { requestBody: { content: content(operation.body, own) } }),
    responses: {
      200: {
        description: 'OK',
        content: {
          'application/json': {
            schema: schemaReference(operation.answer ?? own),
          },
        },
      },
      401: { description: 'Unauthorized' },
    },
    'x-kubernetes-action': operation.action,
    'x-kubernetes-group-version-kind': { group, version, kind },
  };
}

function content(body: NonNullable<Operation['body']>, own: string): unknown {
  if (body === 'patch') {
    return Object.fromEntries(
      PATCHES.map(media => [
        media,
        { schema: schemaReference(`${META}Patch`) },
      ]),
    );
  }
  return {
    'application/json': {
      schema: schemaReference(body === 'object' ? own : `${META}DeleteOptions`),
    },
  };
}

function queryParameter(name: string, type: ValueType): unknown {
  return { name, in: 'query', schema: { type, uniqueItems: true } };
}

/** `kedaSh` of `keda.sh`. */
function camel(dotted: string): string {
  return dotted
    .split('.')
    .map((part, index) => (index === 0 ? part : capital(part)))
    .join('');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
