import type { FieldsV1 } from './fieldsV1';

/** An entry of `metadata.managedFields`: which fields a manager owns through one operation. */
export interface ManagedFieldsEntry {
  /** Absent only in what clients send. */
  manager?: string;
  operation: 'Apply' | 'Update';
  /** Version of the kind that the fields' names belong to. */
  apiVersion: string;
  /** RFC 3339, whole seconds: when the manager last changed something. */
  time?: string;
  fieldsType: 'FieldsV1';
  fieldsV1: FieldsV1;
  /** Through which it wrote; absent for the object itself. */
  subresource?: string;
}
