import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/**
 * A whole entity ref. `odds-api` alone means the component of that name in the
 * namespace `default`.
 *
 * @throws TypeError for what is no entity ref
 */
export function componentRef(text: string): string {
  return stringifyEntityRef(
    parseEntityRef(text, {
      defaultKind: 'component',
      defaultNamespace: 'default',
    }),
  );
}
