import { stringify } from 'yaml';

/** YAML as the API server writes it: keys in order, no references, and readable by YAML 1.1. */
export function toYaml(value: unknown): string {
  return stringify(value, {
    version: '1.1',
    sortMapEntries: true,
    aliasDuplicateObjects: false,
    indentSeq: false,
    lineWidth: 0,
  });
}
