import { Command, Option } from 'commander';
import {
  ApplyOptions,
  DeleteOptions,
  Invocation,
  PlanOptions,
  VerifyOptions,
  WaitOptions,
} from './Invocation';
import {
  addCommonOptions,
  addWriteOptions,
  failFastOption,
  manifestOption,
  repeatable,
  timeoutOption,
} from './sharedOptions';

/** As the library's own; a test compares them, so that `--help` need not load it. */
export const DEFAULT_SECONDS = { wait: 300, verify: 180, delete: 120 } as const;

const EXIT_CODES_HELP = `
Exit codes:
   0  done                      6  the time was up
   1  something unexpected      7  the cluster forbids it
   2  the command line or the   8  the cluster does not answer
      manifests are wrong       9  the chain to the autoscaler is broken
   3  the plan is refused      10  changes are pending (--exit-code)
   4  fields of other owners   11  stopped half-way
   5  objects failed for good  130, 143  cancelled by SIGINT, SIGTERM`;

/**
 * The command line. Nothing that it needs speaks to a cluster, so that help and
 * mistakes are answered at once.
 *
 * @param run - gets what was asked for
 */
export function buildProgram(options: {
  version: string;
  run: (invocation: Invocation) => Promise<void>;
}): Command {
  const { version, run } = options;
  const program = new Command('sportsbook-scaling')
    .description(
      'Plans, applies, waits for, verifies and deletes manifests on a Kubernetes cluster.\nThe result is on the standard output, progress on the standard error.',
    )
    .version(version)
    .helpCommand(true)
    .configureHelp({ showGlobalOptions: false })
    .addHelpText('after', EXIT_CODES_HELP)
    .exitOverride();
  const command = (name: string, description: string) =>
    addCommonOptions(
      program.command(name).description(description).exitOverride(),
    );

  for (const name of ['plan', 'diff'] as const) {
    addWriteOptions(
      command(
        name,
        name === 'plan'
          ? 'Check manifests against the cluster, try them there, and say what would change; changes nothing'
          : 'Show what an apply would change in each object, line by line, secrets masked; changes nothing',
      ),
    )
      .option('--exit-code', 'exit with 10 where changes are pending')
      .action((values: PlanOptions) => run({ command: name, options: values }));
  }

  addWriteOptions(
    command(
      'apply',
      'Apply manifests stage by stage with server-side apply; objects that are as they should be are not written',
    ),
  )
    .addOption(
      new Option(
        '--on-failure <what>',
        'what becomes of what was written before a failure: it stays, or what this run created is deleted again',
      )
        .choices(['keep', 'rollback'])
        .default('keep'),
    )
    .option('--wait', 'wait until all objects are what their specs say')
    .addOption(timeoutOption('of the wait with --wait', DEFAULT_SECONDS.wait))
    .addOption(failFastOption())
    .action((values: ApplyOptions) =>
      run({ command: 'apply', options: values }),
    );

  command('wait', 'Wait until objects are what their specs say')
    .argument(
      '[objects...]',
      'such as deployment/odds-api or scaledobject.keda.sh/odds-api',
    )
    .addOption(manifestOption())
    .addOption(timeoutOption('of the whole wait', DEFAULT_SECONDS.wait))
    .addOption(failFastOption())
    .action((objects: string[], values: WaitOptions) =>
      run({ command: 'wait', objects, options: values }),
    );

  command(
    'verify',
    'Prove that services scale: walk from pods over Prometheus and KEDA to the autoscaler, and name the first broken link',
  )
    .argument('[scaledObjects...]', 'names of ScaledObjects in the namespace')
    .addOption(manifestOption())
    .addOption(
      timeoutOption('of the walk for each service', DEFAULT_SECONDS.verify),
    )
    .addOption(
      repeatable(
        '--allow-prometheus <url>',
        'a Prometheus outside the cluster that this machine may ask; those in it are asked through the API server',
      ),
    )
    .option(
      '--node-address <host>',
      'where node ports are reached (default: what the nodes say)',
    )
    .action((scaledObjects: string[], values: VerifyOptions) =>
      run({ command: 'verify', scaledObjects, options: values }),
    );

  command(
    'delete',
    'Delete what was applied from here, in the reverse order, and wait until it is gone; leaves all else alone',
  )
    .argument('[objects...]', 'such as deployment/odds-api')
    .addOption(manifestOption())
    .option(
      '--apply-set <name>',
      'all members of the set that this ConfigMap stands for, and the ConfigMap',
    )
    .option('--plan', 'only say what would be deleted')
    .option('--even-foreign', 'also objects that were not applied from here')
    .option(
      '--with-contents',
      'also namespaces and definitions, and with them everything inside',
    )
    .addOption(
      timeoutOption('of each stage until it is gone', DEFAULT_SECONDS.delete),
    )
    .action((objects: string[], values: DeleteOptions) =>
      run({ command: 'delete', objects, options: values }),
    );
  return program;
}
