import { randomInt } from 'node:crypto';
import { type ApiConnection, objectSchema } from './ApiConnection';
import { Ledger, type Wanted } from './Ledger';
import type { WrittenKind } from './writtenKinds';

const OBJECTS = 8;
const APPLY = '?fieldManager=writer&force=true';

/** One client that creates, changes and deletes objects of its own, one request after the other, as fast as they are answered. */
export class Writer {
  readonly ledger: Ledger;
  readonly #name: string;
  readonly #kind: WrittenKind;
  #revision = 0;

  constructor(name: string, kind: WrittenKind) {
    this.#name = name;
    this.#kind = kind;
    this.ledger = new Ledger(kind);
  }

  get kind(): WrittenKind {
    return this.#kind;
  }

  readonly isOwn = (name: string) => name.startsWith(`${this.#name}-`);

  /**
   * Writes until the server is gone.
   *
   * @throws Error for an answer that refuses what must be accepted
   */
  async write(api: ApiConnection): Promise<void> {
    while (await this.#writeOnce(api)) {
      // The next one.
    }
  }

  async #writeOnce(api: ApiConnection): Promise<boolean> {
    const name = `${this.#name}-${randomInt(OBJECTS)}`;
    this.#revision += 1;
    const revision = `r${this.#revision}`;
    const object = this.#kind.objectOf(name, revision);
    const present = this.ledger.accepted(name);
    const path = `${this.#kind.path}/${name}`;
    const verb = present === undefined ? randomInt(2) : 2 + randomInt(3);
    switch (verb) {
      case 0:
        return this.#send(name, { revision }, () =>
          api.call('POST', this.#kind.path, object),
        );
      case 1:
      case 2:
        return this.#send(name, { revision }, () =>
          api.call(
            'PATCH',
            `${path}${APPLY}`,
            object,
            'application/apply-patch+yaml',
          ),
        );
      case 3:
        return this.#send(name, { revision }, () =>
          api.call('PUT', path, withVersion(object, present, this.#kind.ours)),
        );
      default:
        return this.#send(name, null, () => api.call('DELETE', path));
    }
  }

  async #send(
    name: string,
    wanted: Wanted,
    call: () => Promise<{ status: number; body: unknown }>,
  ): Promise<boolean> {
    this.ledger.sending(name, wanted);
    let answer;
    try {
      answer = await call();
    } catch {
      return false;
    }
    const { status, body } = answer;
    if (status !== 200 && status !== 201) {
      throw new Error(`${name} was refused: ${status} ${JSON.stringify(body)}`);
    }
    this.ledger.answered(
      name,
      wanted,
      wanted === null ? null : objectSchema.parse(body),
    );
    return true;
  }
}

/** What nobody else writes is replaced only as it was seen last. */
function withVersion(
  object: Record<string, unknown>,
  present: { resourceVersion: string } | undefined,
  ours: boolean,
): Record<string, unknown> {
  return ours
    ? { ...object, metadata: { ...Object(object.metadata), ...present } }
    : object;
}
