import { FIELD_MANAGER } from '@sportsbook/plugin-sportsbook-scaling-common';
import { APPLY_STAGES, stageOf } from '../apply/stages';
import { SourcedObject } from '../model/SourcedObject';

/** For a POSIX shell; what needs no quotes keeps none. */
function quoted(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word)
    ? word
    : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * The commands by which people apply a service themselves, in the order in
 * which `kubernetes:apply` would: run one after the other in the folder of the
 * repository, by somebody who may write to the namespace.
 *
 * @param options.manifests - their files are relative to that folder
 * @returns one `kubectl apply` for each stage that has objects, and the wait
 */
export function handOverCommands(options: {
  manifests: SourcedObject[];
  namespace: string;
}): string[] {
  const { manifests, namespace } = options;
  const stageOfFile = new Map<string, number>();
  for (const { object, source } of manifests) {
    // A file goes as a whole, with the last of its objects.
    const stage = Math.max(stageOf(object), stageOfFile.get(source.file) ?? 0);
    stageOfFile.set(source.file, stage);
  }
  const applies = APPLY_STAGES.flatMap((_, stage) => {
    const files = [...stageOfFile]
      .filter(([, ofFile]) => ofFile === stage)
      .map(([file]) => file);
    return files.length === 0
      ? []
      : [
          [
            'kubectl apply --server-side',
            `--field-manager=${FIELD_MANAGER}`,
            `--namespace=${quoted(namespace)}`,
            ...files.map(file => `-f ${quoted(file)}`),
          ].join(' '),
        ];
  });
  const rollouts = manifests
    .filter(
      ({ object }) =>
        object.apiVersion === 'apps/v1' &&
        ['Deployment', 'StatefulSet', 'DaemonSet'].includes(object.kind),
    )
    .map(
      ({ object }) =>
        `kubectl rollout status --timeout=300s --namespace=${quoted(
          object.metadata.namespace ?? namespace,
        )} ${quoted(`${object.kind.toLowerCase()}/${object.metadata.name}`)}`,
    );
  return [...applies, ...rollouts];
}
