/** How the server names a version's schema: one that all versions share is looked at once, for all of them. */
export function schemaField(versions: number, index: number): string {
  return versions === 1
    ? 'spec.validation.openAPIV3Schema'
    : `spec.versions[${index}].schema.openAPIV3Schema`;
}
