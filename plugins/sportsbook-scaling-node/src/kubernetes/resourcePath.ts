import { InputError } from '@backstage/errors';
import { ApiResource } from '../ports/KubernetesClient';

/** Path of a kind's collection, or of one object of it; each segment is encoded. */
export function resourcePath(
  resource: ApiResource,
  where: { namespace?: string; name?: string } = {},
): string {
  const [group, version] = resource.apiVersion.includes('/')
    ? resource.apiVersion.split('/')
    : [undefined, resource.apiVersion];
  const segments = [
    ...(group === undefined ? ['api', version] : ['apis', group, version]),
    ...(resource.namespaced && where.namespace !== undefined
      ? ['namespaces', where.namespace]
      : []),
    resource.plural,
    ...(where.name === undefined ? [] : [where.name]),
  ];
  return segments.map(segment => `/${encodeSegment(segment)}`).join('');
}

/** Appends the parameters that are defined. */
export function withQuery(
  path: string,
  parameters: Record<string, string | number | boolean | undefined>,
): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    if (value !== undefined) {
      query.set(key, String(value));
    }
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/**
 * Refuses paths that would not stay what they say: URL parsers on the way
 * resolve `..`, also in its encoded forms, and would ask for something else.
 */
export function assertPlainPath(path: string): void {
  const [plain] = path.split('?');
  let decoded: string;
  try {
    decoded = decodeURIComponent(plain);
  } catch {
    throw new InputError(`'${path}' is no path: it holds a broken % escape`);
  }
  const dotted = decoded
    .split('/')
    .some(segment => segment === '.' || segment === '..');
  if (!plain.startsWith('/') || dotted || /[\\#\s]/.test(path)) {
    throw new InputError(
      `'${path}' is no path below the API server's root: it must start with '/' and hold neither '.' and '..' segments nor backslashes, '#' or blanks`,
    );
  }
}

function encodeSegment(segment: string): string {
  if (segment === '' || segment === '.' || segment === '..') {
    throw new InputError(
      `'${segment}' is no name that a Kubernetes path can hold`,
    );
  }
  return encodeURIComponent(segment);
}
