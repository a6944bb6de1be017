import { KubernetesClient } from '@sportsbook/plugin-sportsbook-scaling-node';
import { Progress } from '../output/Progress';

/** What a command works with. */
export interface CommandContext {
  client: KubernetesClient;
  /** For objects that name none. */
  namespace: string;
  /** Whether `--namespace` chose it, so that objects may name no other. */
  isNamespaceChosen: boolean;
  progress: Progress;
  stdin: NodeJS.ReadableStream;
  signal: AbortSignal;
}
