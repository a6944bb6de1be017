import { Command, InvalidArgumentError, Option } from 'commander';
import { parseDurationSeconds } from '../input/parseDuration';

const collect = (value: string, earlier: string[]) => [...earlier, value];

/** For the parser of a duration; the message ends up behind the option's name. */
export function durationArgument(text: string): number {
  const seconds = parseDurationSeconds(text);
  if (seconds === undefined) {
    throw new InvalidArgumentError(
      'Give a time above 0, such as 90, 90s, 5m or 1h.',
    );
  }
  return seconds;
}

/** An option that may be given several times. */
export function repeatable(flags: string, description: string): Option {
  return new Option(flags, description).argParser(collect).default([], 'none');
}

export function timeoutOption(description: string, seconds: number): Option {
  return new Option('--timeout <duration>', description)
    .argParser(durationArgument)
    .default(seconds, `${seconds}s`);
}

export function failFastOption(): Option {
  return new Option(
    '--fail-fast',
    'end the wait with the first object that failed for good, instead of when only such are left',
  );
}

export function manifestOption(): Option {
  return new Option(
    '-f, --filename <source>',
    'manifests: a file, a folder, - for the standard input, or https://…#sha256=<hex>; may be given several times',
  )
    .argParser(collect)
    .default([], 'none');
}

/** What every command takes: which cluster, where in it, and how to answer. */
export function addCommonOptions(command: Command): Command {
  return command
    .option(
      '--kubeconfig <file>',
      'the kubeconfig (default: those of $KUBECONFIG, or ~/.kube/config)',
    )
    .addOption(
      new Option(
        '--context <name>',
        'context of the kubeconfig; may be left out where there is only one',
      ).conflicts(['currentContext', 'inCluster']),
    )
    .addOption(
      new Option(
        '--current-context',
        'take the context that the kubeconfig was switched to last',
      ).conflicts(['inCluster']),
    )
    .addOption(
      new Option(
        '--in-cluster',
        'the cluster and ServiceAccount of the pod that this runs in',
      ).conflicts(['kubeconfig']),
    )
    .option(
      '-n, --namespace <name>',
      "namespace of objects that name none, and the only one that objects may name (default: the context's, and any)",
    )
    .addOption(
      repeatable(
        '--other-namespace <name>',
        'with --namespace: another one that objects may name',
      ),
    )
    .addOption(
      new Option(
        '--retry <duration>',
        'how long a call is tried again while the cluster does not answer',
      )
        .argParser(durationArgument)
        .default(20, '20s'),
    )
    .addOption(
      new Option('-o, --output <format>', 'how the result is written')
        .choices(['table', 'json'])
        .default('table'),
    );
}

/** What plan, diff and apply take alike, so that a plan tells what its apply does. */
export function addWriteOptions(command: Command): Command {
  return command
    .addOption(manifestOption())
    .option(
      '--force',
      'take every field over from other owners instead of failing on the conflict',
    )
    .addOption(
      repeatable(
        '--force-field <object:.field>',
        'take over this field only, such as deployment/odds-api:.spec.replicas',
      ),
    )
    .addOption(
      repeatable(
        '--migrate-from <manager>',
        'make the fields of this manager ours, such as kubectl-client-side-apply; those that the manifest lacks are removed',
      ),
    )
    .addOption(
      repeatable(
        '--recreate <object>',
        'delete this object and create it anew where a field cannot change, such as job/seed; or: all',
      ),
    )
    .addOption(
      repeatable(
        '--recreate-losing-data <object>',
        'the same, even where data is lost, such as persistentvolumeclaim/odds',
      ),
    )
    .option(
      '--apply-set <name>',
      'make the objects members of a set (KEP-3659), which a ConfigMap of this name in the namespace stands for',
    )
    .option(
      '--entity <ref>',
      'with --apply-set: the catalog entity that the set belongs to, such as component:default/odds-api',
    )
    .option(
      '--prune',
      'with --apply-set: remove what an earlier apply of the set made and the manifests lack, once all is applied',
    );
}
