import type { LiveObject } from './ApiConnection';

/** What a client asked an object to be; null: absent. */
export type Wanted = { revision: string } | null;

/** What the server said about an object, and what it was asked and did not answer. */
interface Entry {
  accepted: Wanted;
  uid?: string;
  /** Of the last answer; controllers may have written the object since. */
  resourceVersion: bigint;
  /** Sent, and the answer never came: either outcome is right. */
  unanswered?: { wanted: Wanted };
}

/** How a kind holds what was written, and whether nobody else writes it. */
export interface LedgerKind {
  /** Undefined: the parts of it do not fit together, as in half a write. */
  revisionOf(object: LiveObject): string | undefined;
  ours: boolean;
}

/** Every accepted write of objects that one client alone writes, to be held against what a restart brings back. */
export class Ledger {
  readonly #kind: LedgerKind;
  readonly #entries = new Map<string, Entry>();
  /** Highest version that was answered. */
  highest = 0n;
  acceptedWrites = 0;
  /** How many writes had no answer, and how many of these were stored. */
  unanswered = { sent: 0, stored: 0 };

  constructor(kind: LedgerKind) {
    this.#kind = kind;
  }

  /** Undefined: absent. */
  accepted(name: string): { resourceVersion: string } | undefined {
    const entry = this.#entries.get(name);
    return entry?.accepted
      ? { resourceVersion: String(entry.resourceVersion) }
      : undefined;
  }

  sending(name: string, wanted: Wanted): void {
    const entry = this.#entries.get(name) ?? {
      accepted: null,
      resourceVersion: 0n,
    };
    this.#entries.set(name, { ...entry, unanswered: { wanted } });
  }

  /** @throws Error when the answer is not what was sent, or its version not above all before */
  answered(name: string, wanted: Wanted, object: LiveObject | null): void {
    const version = object ? versionOf(object) : this.highest;
    if (object) {
      expectSame(name, this.#kind.revisionOf(object), wanted?.revision);
      if (version <= this.highest) {
        throw new Error(`${name} has version ${version} after ${this.highest}`);
      }
    }
    this.#entries.set(name, {
      accepted: wanted,
      resourceVersion: version,
      ...(object ? { uid: object.metadata.uid } : {}),
    });
    this.acceptedWrites += 1;
    this.highest = version;
  }

  /**
   * Holds what is there against what was accepted, and goes on from there.
   *
   * @param resourceVersion - of the list
   * @throws Error that names the object and what is wrong with it
   */
  settle(live: readonly LiveObject[], resourceVersion: string): void {
    if (BigInt(resourceVersion) < this.highest) {
      throw new Error(`${resourceVersion} comes after ${this.highest}`);
    }
    this.highest = BigInt(resourceVersion);
    const byName = new Map(live.map(one => [one.metadata.name, one]));
    for (const name of byName.keys()) {
      if (!this.#entries.has(name)) {
        throw new Error(`${name} is there, and was never asked for`);
      }
    }
    for (const [name, entry] of this.#entries) {
      this.#entries.set(name, this.#settled(name, entry, byName.get(name)));
    }
  }

  #settled(name: string, entry: Entry, live: LiveObject | undefined): Entry {
    const { accepted, unanswered, resourceVersion } = entry;
    const found = live ? this.#kind.revisionOf(live) : null;
    if (found === undefined) {
      throw new Error(`${name} is half written: ${JSON.stringify(live)}`);
    }
    const isAccepted = found === (accepted?.revision ?? null);
    const isUnanswered =
      unanswered !== undefined &&
      found === (unanswered.wanted?.revision ?? null);
    if (!isAccepted && !isUnanswered) {
      throw new Error(
        `${name} is at revision ${found}; ${accepted?.revision} was accepted${
          unanswered
            ? ` and ${unanswered.wanted?.revision} was not answered`
            : ''
        }`,
      );
    }
    this.unanswered.sent += unanswered ? 1 : 0;
    this.unanswered.stored += isUnanswered ? 1 : 0;
    if (!live) {
      return { accepted: null, resourceVersion };
    }
    const version = versionOf(live);
    if (isAccepted) {
      expectSame(`uid of ${name}`, live.metadata.uid, entry.uid);
    }
    const isRightVersion = isAccepted
      ? version === resourceVersion ||
        (!this.#kind.ours && version > resourceVersion)
      : version > resourceVersion;
    if (!isRightVersion) {
      throw new Error(
        `${name} was at ${resourceVersion}, and is at ${version}`,
      );
    }
    return {
      accepted: { revision: found ?? '' },
      uid: live.metadata.uid,
      resourceVersion: version,
    };
  }
}

function versionOf({ metadata }: LiveObject): bigint {
  return BigInt(metadata.resourceVersion);
}

function expectSame(what: string, found: unknown, wanted: unknown): void {
  if (found !== wanted) {
    throw new Error(`${what} is ${found}, not ${wanted}`);
  }
}
