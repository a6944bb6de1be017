/** Something that makes the cluster so, as long as it runs. */
export interface Controller {
  readonly name: string;
  start(): void;
  /** Resolves when nothing of it runs any more. */
  stop(): Promise<void>;
}
