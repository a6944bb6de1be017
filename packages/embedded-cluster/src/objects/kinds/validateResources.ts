import { parseQuantity } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { FieldErrors } from '../validating/FieldErrors';
import type { ResourceFields } from './podTemplate';
import { ownMember } from '../../model/ownMember';

const OF_CONTAINERS = ['cpu', 'memory', 'ephemeral-storage'];

/** What a container requests and may use. Quantities have their canonical form. */
export function validateResources(
  { limits = {}, requests = {} }: ResourceFields,
  field: string,
  errors: FieldErrors,
): void {
  for (const [name, quantity] of Object.entries(limits)) {
    validateResource(name, quantity, `${field}.limits[${name}]`, errors);
  }
  for (const [name, quantity] of Object.entries(requests)) {
    validateResource(name, quantity, `${field}.requests[${name}]`, errors);
    const limit = ownMember(limits, name);
    if (limit !== undefined && valueOf(quantity) > valueOf(limit)) {
      errors.invalid(
        `${field}.requests`,
        quantity,
        `must be less than or equal to ${name} limit of ${limit}`,
      );
    }
  }
}

function validateResource(
  name: string,
  quantity: string,
  field: string,
  errors: FieldErrors,
): void {
  if (valueOf(quantity) < 0) {
    errors.invalid(field, quantity, 'must be greater than or equal to 0');
  }
  const known =
    OF_CONTAINERS.includes(name) ||
    name.startsWith('hugepages-') ||
    name.includes('/');
  if (!known) {
    errors.invalid(
      field,
      name,
      'must be a standard resource type or fully qualified',
    );
    errors.invalid(field, name, 'must be a standard resource for containers');
  }
}

function valueOf(quantity: string): number {
  return parseQuantity(quantity);
}
