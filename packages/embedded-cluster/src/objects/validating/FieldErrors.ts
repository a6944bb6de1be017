import type { StatusCause } from '../../model/StatusError';

/** Collects what is wrong with an object's fields, in the API server's words. */
export class FieldErrors {
  readonly causes: StatusCause[] = [];

  required(field: string, detail = ''): void {
    this.#add('FieldValueRequired', field, joined('Required value', detail));
  }

  /** @param value - shown as the server shows it: strings quoted, other data as JSON */
  invalid(field: string, value: unknown, detail: string): void {
    this.#add(
      'FieldValueInvalid',
      field,
      joined(`Invalid value: ${shown(value)}`, detail),
    );
  }

  notSupported(
    field: string,
    value: unknown,
    supported: readonly string[],
  ): void {
    this.#add(
      'FieldValueNotSupported',
      field,
      `Unsupported value: ${shown(value)}: supported values: ${supported
        .map(one => JSON.stringify(one))
        .join(', ')}`,
    );
  }

  duplicate(field: string, value: unknown): void {
    this.#add('FieldValueDuplicate', field, `Duplicate value: ${shown(value)}`);
  }

  forbidden(field: string, detail: string): void {
    this.#add('FieldValueForbidden', field, joined('Forbidden', detail));
  }

  tooLong(field: string, limit: number): void {
    this.#add(
      'FieldValueTooLong',
      field,
      `Too long: may not be more than ${limit} bytes`,
    );
  }

  tooMany(field: string, actual: number, limit: number): void {
    this.#add(
      'FieldValueTooMany',
      field,
      `Too many: ${actual}: must have at most ${limit} items`,
    );
  }

  notFound(field: string, value: unknown): void {
    this.#add('FieldValueNotFound', field, `Not found: ${shown(value)}`);
  }

  typeInvalid(field: string, value: unknown, detail: string): void {
    this.#add(
      'FieldValueTypeInvalid',
      field,
      joined(`Invalid value: ${shown(value)}`, detail),
    );
  }

  /** What no other method words. */
  cause(cause: StatusCause): void {
    this.causes.push(cause);
  }

  #add(reason: string, field: string, message: string): void {
    this.causes.push({ reason, message, field });
  }
}

function joined(start: string, detail: string): string {
  return detail === '' ? start : `${start}: ${detail}`;
}

function shown(value: unknown): string {
  return value === undefined ? 'null' : JSON.stringify(value);
}
