import { KubernetesApiError } from '../errors/KubernetesApiError';

/** How the API server's validations say that a field cannot change. */
const CANNOT_CHANGE =
  /immutable|cannot change roleRef|may not (be changed|change once set|change fields other than)|updates to .+ for fields other than .+ are forbidden/;

/** A field that the server does not let change, and its own word for why. */
export interface ImmutableField {
  /** Such as `.spec.selector`; empty where the server names none. */
  field: string;
  because: string;
}

/** Without the value, which may be long or secret: `Invalid value: …: field is immutable`. */
function withoutValue(message: string): string {
  const line = message.split('\n')[0];
  return line.startsWith('Invalid value: ')
    ? line.slice(line.lastIndexOf(': ') + 2)
    : line.replace(/^Forbidden: /, '');
}

/** The fields for whose change the server refused an object; undefined: it refused for another reason. */
export function immutableFieldsOf(
  error: unknown,
): ImmutableField[] | undefined {
  if (!(error instanceof KubernetesApiError) || error.status !== 422) {
    return undefined;
  }
  const fields = error.causes
    .filter(({ message }) => CANNOT_CHANGE.test(message ?? ''))
    .map(({ field, message }) => ({
      field: field === undefined || field === '' ? '' : `.${field}`,
      because: withoutValue(message ?? ''),
    }));
  return fields.length === 0 ? undefined : fields;
}

/** `.spec.selector cannot change (field is immutable)`. */
export function describeImmutableFields(fields: ImmutableField[]): string {
  return fields
    .map(
      ({ field, because }) =>
        `${field === '' ? 'a field' : field} cannot change (${because})`,
    )
    .join('; ');
}
