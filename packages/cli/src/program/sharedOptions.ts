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
