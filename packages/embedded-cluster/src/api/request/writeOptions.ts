import type { WriteOptions } from '../../ports/ClusterObjects';
import type { Exchange } from './Exchange';
import { invalidOptions } from './invalidOptions';

type OptionsKind = 'CreateOptions' | 'UpdateOptions' | 'PatchOptions';

const LONGEST_MANAGER_BYTES = 128;

/**
 * What a write's query asks for. A manager that is not named is the program of
 * the `User-Agent`, up to its first slash.
 *
 * @throws StatusError 422
 */
export function writeOptions(
  { query, request, user, warn }: Exchange,
  kind: OptionsKind,
): WriteOptions & { warn: (text: string) => void } {
  const named = query.get('fieldManager') ?? '';
  if (Buffer.byteLength(named) > LONGEST_MANAGER_BYTES) {
    throw invalidOptions(
      kind,
      'fieldManager',
      'FieldValueTooLong',
      `Too long: may not be more than ${LONGEST_MANAGER_BYTES} bytes`,
    );
  }
  return {
    manager: named === '' ? managerOf(request.headers['user-agent']) : named,
    user,
    dryRun: readDryRun(query.getAll('dryRun'), kind),
    fieldValidation: readFieldValidation(query.get('fieldValidation'), kind),
    warn,
  };
}

/** @throws StatusError 422 */
export function readDryRun(values: string[], kind: string): boolean {
  if (values.length === 0) {
    return false;
  }
  if (values.some(value => value !== 'All')) {
    throw invalidOptions(
      kind,
      'dryRun',
      'FieldValueNotSupported',
      `Unsupported value: ${JSON.stringify(values)}: supported values: "All"`,
    );
  }
  return true;
}

function readFieldValidation(
  value: string | null,
  kind: OptionsKind,
): WriteOptions['fieldValidation'] {
  switch (value) {
    case null:
    case '':
    case 'Warn':
      return 'Warn';
    case 'Strict':
    case 'Ignore':
      return value;
    default:
      throw invalidOptions(
        kind,
        'fieldValidation',
        'FieldValueNotSupported',
        `Unsupported value: ${JSON.stringify(
          value,
        )}: supported values: "", "Ignore", "Strict", "Warn"`,
      );
  }
}

function managerOf(userAgent: string | undefined): string {
  const program = (userAgent ?? '')
    .split('/', 1)[0]
    .replace(/[^\x20-\x7e]/g, '')
    .slice(0, LONGEST_MANAGER_BYTES);
  return program === '' ? 'unknown' : program;
}
