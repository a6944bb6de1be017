import { writeFile } from 'node:fs/promises';

/** How a step ended, and what was found out in it that must be the same on every cluster. */
interface StepOutcome {
  title: string;
  outcome: 'ok' | 'fail' | 'skip';
  facts?: Record<string, string | number>;
}

/** Says what the run does while it does it, and counts. */
export class Journal {
  readonly #startedAt = Date.now();
  #passed = 0;
  #failed = 0;
  #skipped = 0;
  readonly #outcomes: StepOutcome[] = [];
  #facts: Record<string, string | number> = {};

  get failed(): number {
    return this.#failed;
  }

  /** Seconds since the run began. */
  elapsedSeconds(): number {
    return (Date.now() - this.#startedAt) / 1000;
  }

  note(text: string): void {
    process.stdout.write(`         ${text}\n`);
  }

  /** Something of the present step that must be the same on every cluster. */
  fact(name: string, value: string | number): void {
    this.#facts[name] = value;
  }

  skip(title: string, reason: string): void {
    this.#skipped += 1;
    this.#outcomes.push({ title, outcome: 'skip' });
    this.#line('skip', `${title}: ${reason}`);
  }

  /**
   * Runs one step. A failure is counted and printed, and ends the run only
   * when later steps build on it (`essential`).
   */
  async step(
    title: string,
    run: () => Promise<void>,
    options: { essential?: boolean } = {},
  ): Promise<void> {
    const startedAt = Date.now();
    this.#facts = {};
    try {
      await run();
      this.#passed += 1;
      this.#outcomes.push({ title, outcome: 'ok', facts: this.#facts });
      this.#line('ok', `${title} (${seconds(Date.now() - startedAt)})`);
    } catch (error) {
      this.#failed += 1;
      this.#outcomes.push({ title, outcome: 'fail', facts: this.#facts });
      this.#line('FAIL', `${title} (${seconds(Date.now() - startedAt)})`);
      process.stdout.write(`${indent(describe(error))}\n`);
      if (options.essential) {
        throw new StepFailed(title);
      }
    }
  }

  /** For `scripts/e2e/compareOutcomes.mjs`. */
  async save(path: string): Promise<void> {
    await writeFile(path, `${JSON.stringify(this.#outcomes, null, 2)}\n`);
  }

  /** The run's last line. */
  close(): void {
    const skipped = this.#skipped === 0 ? '' : `, ${this.#skipped} skipped`;
    process.stdout.write(
      `\n${this.#passed} passed, ${this.#failed} failed${skipped}\n`,
    );
  }

  #line(mark: string, text: string): void {
    process.stdout.write(
      `${this.elapsedSeconds().toFixed(0).padStart(4)} s ${mark.padEnd(
        4,
      )} ${text}\n`,
    );
  }
}

/** An essential step failed and was already reported. */
export class StepFailed extends Error {}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}

function indent(text: string): string {
  return text
    .split('\n')
    .map(line => `         ${line}`)
    .join('\n');
}
