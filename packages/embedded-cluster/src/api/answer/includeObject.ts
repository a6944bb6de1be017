import { StatusError } from '../../model/StatusError';
import type { IncludeObject } from './Presenter';
import type { Representation } from './representation';

/** How much of the objects a table shows. @throws StatusError 400 */
export function includeObject(
  query: URLSearchParams,
  { as }: Representation,
): IncludeObject {
  const asked = query.get('includeObject') ?? '';
  if (as !== 'table') {
    return 'Metadata';
  }
  switch (asked) {
    case '':
      return 'Metadata';
    case 'None':
    case 'Metadata':
    case 'Object':
      return asked;
    default:
      throw StatusError.badRequest(
        `Unable to convert to Table as requested: includeObject: Invalid value: ${JSON.stringify(
          asked,
        )}: must be 'Metadata', 'Object', 'None', or empty`,
      );
  }
}
