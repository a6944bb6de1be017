const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** What differs between any two clusters and any two moments. In order. */
const RULES = [
  [/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, '<token>'],
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uid>'],
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z| [+-]\d{4})/g, '<time>'],
  [/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, '<time>'],
  [/(resourceVersion\\?"?: ?)\\?"\d+\\?"/g, '$1<version>'],
  [/(Resource Version: *)\d+/g, '$1<version>'],
  [/[WE]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ /g, '<log> '],
  [/(name: [\w-]+\.)[0-9a-f]{16}$/gm, '$1<time>'],
  [/[\w-]+:\/\/[0-9a-f]{64}/g, '<container>'],
  [/\S*@sha256:[0-9a-f]{64}/g, '<image>'],
  [/sha256:[0-9a-f]{64}/g, '<digest>'],
  [/\/tmp\/(LIVE|MERGED)-\d+/g, '/tmp/$1'],
  [/\b(?!127\.0\.0\.1|0\.0\.0\.0)\d{1,3}(\.\d{1,3}){3}\b(?!\/)/g, '<ip>'],
  // How the reference's containerd calls what it took from its mirror.
  [/<ip>:5000\/library\/(?=node:)/g, ''],
  [new RegExp(`-[${LETTERS}]{8,10}(?![\\w])`, 'g'), '-<hash>'],
  [new RegExp(`=[${LETTERS}]{8,10}(?![\\w])`, 'g'), '=<hash>'],
  [new RegExp(`(pod-template-hash"?: ?"?)[${LETTERS}]{8,10}`, 'g'), '$1<hash>'],
  [new RegExp(`(<hash>|[\\w])-[${LETTERS}]{5}(?![\\w-])`, 'g'), '$1-<suffix>'],
  [/\b3[0-2]\d{3}\b/g, '<node port>'],
  [/(?<![=\w])(\d+d)?(\d+h)?(\d+m)?\d+(\.\d+)?m?s\b/g, '<age>'],
  [/(?<=[^:\s] {2,})\d+[mh](?=$| {2})/gm, '<age>'],
];

/**
 * One run with what may differ replaced by its name. Columns are as wide as
 * what stands in them, so any run of blanks between words counts as two.
 */
export function normalise(run, { cluster, step, accepted }) {
  const clean = text => {
    let result = text
      .replaceAll(cluster.server, '<server>')
      .replaceAll(new URL(cluster.server).host, '<host>')
      .replace(
        new RegExp(`(?<![+\\w-])${cluster.nodeName}(?![\\w-])`, 'g'),
        '<node>',
      )
      .replace(
        new RegExp(
          `(?<![\\d.])${cluster.nodeAddress.replaceAll('.', '\\.')}(?![\\d.])`,
          'g',
        ),
        '<ip>',
      )
      .replaceAll(cluster.user, '<admin>');
    for (const [pattern, name] of RULES) {
      result = result.replace(pattern, name);
    }
    for (const { pattern, replacement } of [
      ...accepted,
      ...(step.rewrite ?? []),
    ]) {
      result = result.replace(pattern, replacement);
    }
    result = result
      .split('\n')
      .map(line => line.trimEnd().replace(/(?<=\S) {2,}/g, '  '))
      .join('\n');
    return step.anyOrder ? result.split('\n').sort().join('\n') : result;
  };
  return {
    stdout: clean(run.stdout),
    stderr: clean(run.stderr),
    exitCode: accepted.some(({ anyExit }) => anyExit) ? 'any' : run.exitCode,
  };
}
