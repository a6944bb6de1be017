/**
 * Records the field numbers of Kubernetes' protobuf messages, which Go clients
 * (`kubectl create ...`, `kubectl auth can-i`) send: `recorded/protobuf.json.gz`.
 * Run it again for a newer Kubernetes:
 *
 *   node scripts/recordProtobuf.mjs v0.36.3
 *
 * The version is that of the Go modules, which hold the messages and the JSON
 * names of their fields. It needs `go` on the PATH and writes that file alone.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { constants, gzipSync } from 'node:zlib';

const run = promisify(execFile);
const [version] = process.argv.slice(2);
if (!version) {
  throw new Error('Name the version of the Go modules, such as v0.36.3.');
}

const MODULES = [
  'k8s.io/api',
  'k8s.io/apimachinery',
  'k8s.io/apiextensions-apiserver',
  'k8s.io/kube-aggregator',
];
const SCALARS = ['string', 'bytes', 'bool', 'int32', 'int64', 'double'];

/** Groups whose kinds may be sent, by the path of their folder. */
const ROOTS = {
  'k8s.io.api.core.v1': '',
  'k8s.io.api.apps.v1': 'apps',
  'k8s.io.api.batch.v1': 'batch',
  'k8s.io.api.autoscaling.v1': 'autoscaling',
  'k8s.io.api.autoscaling.v2': 'autoscaling',
  'k8s.io.api.policy.v1': 'policy',
  'k8s.io.api.rbac.v1': 'rbac.authorization.k8s.io',
  'k8s.io.api.discovery.v1': 'discovery.k8s.io',
  'k8s.io.api.networking.v1': 'networking.k8s.io',
  'k8s.io.api.coordination.v1': 'coordination.k8s.io',
  'k8s.io.api.authentication.v1': 'authentication.k8s.io',
  'k8s.io.api.authorization.v1': 'authorization.k8s.io',
  'k8s.io.api.admissionregistration.v1': 'admissionregistration.k8s.io',
  'k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1':
    'apiextensions.k8s.io',
  'k8s.io.kube_aggregator.pkg.apis.apiregistration.v1':
    'apiregistration.k8s.io',
};
const DELETE_OPTIONS = 'k8s.io.apimachinery.pkg.apis.meta.v1.DeleteOptions';

async function moduleFolders() {
  const directory = await mkdtemp(join(tmpdir(), 'record-protobuf-'));
  try {
    await writeFile(join(directory, 'go.mod'), 'module record\n\ngo 1.24\n');
    const folders = [];
    for (const name of MODULES) {
      const { stdout } = await run(
        'go',
        ['mod', 'download', '-json', `${name}@${version}`],
        { cwd: directory, env: { ...process.env, GOFLAGS: '-mod=mod' } },
      );
      folders.push({ name, folder: JSON.parse(stdout).Dir });
    }
    return folders;
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** JSON names and zero values of the fields of Go's structs: `Struct.protoName` to what is said there. */
async function readGo(folder) {
  const fields = new Map();
  const files = (await readdir(folder)).filter(
    name => name.endsWith('.go') && !/^(zz_)?generated|_test\.go$/.test(name),
  );
  for (const file of files) {
    let struct;
    for (const line of (await readFile(join(folder, file), 'utf8')).split(
      '\n',
    )) {
      struct = /^type (\w+) struct \{/.exec(line)?.[1] ?? struct;
      const match =
        /^\s+(?:\w+\s+)?(\S+)\s+`json:"([^"]*)"\s+protobuf:"[^"]*name=(\w+)[^"]*"/.exec(
          line,
        );
      if (struct && match) {
        const [, type, json, proto] = match;
        const [name, ...flags] = json.split(',');
        fields.set(`${struct}.${proto}`, {
          name: name === '' ? proto : name,
          inline: flags.includes('inline'),
          pointer: type.startsWith('*'),
          omitEmpty: flags.includes('omitempty'),
          omitZero: flags.includes('omitzero'),
        });
      }
    }
  }
  return fields;
}

/** Messages of one `generated.proto`. */
async function readProto(path, fields) {
  const text = (await readFile(path, 'utf8')).replace(/\/\/[^\n]*/g, '');
  const packageName = /^package ([\w.]+);/m.exec(text)[1];
  const messages = {};
  for (const [, name, body] of text.matchAll(/^message (\w+) \{([^}]*)\}/gm)) {
    messages[`${packageName}.${name}`] = [
      ...body.matchAll(
        /(?:(optional|repeated) ([\w.]+)|map<string, ([\w.]+)>) (\w+) = (\d+)/g,
      ),
    ].map(([, label, plain, mapped, proto, number]) => {
      const type = plain ?? mapped;
      const go = fields.get(`${name}.${proto}`);
      // As Go writes JSON: `omitempty` counts for all but structs.
      const struct = plain && label === 'optional' && !SCALARS.includes(plain);
      const dropZero =
        go && !go.pointer && (go.omitZero || (go.omitEmpty && !struct));
      const flags = [
        label === 'repeated' ? 'r' : '',
        mapped ? 'm' : '',
        go?.inline ? 'i' : '',
        dropZero ? 'z' : '',
      ].join('');
      return [
        Number(number),
        go?.name ?? proto,
        fullName(type, packageName),
        ...(flags === '' ? [] : [flags]),
      ];
    });
  }
  return messages;
}

function fullName(type, packageName) {
  if (SCALARS.includes(type)) {
    return type;
  }
  return type.includes('.')
    ? type.replace(/^\./, '')
    : `${packageName}.${type}`;
}

const all = {};
for (const { folder } of await moduleFolders()) {
  const paths = (await readdir(folder, { recursive: true })).filter(path =>
    path.endsWith('generated.proto'),
  );
  for (const path of paths.map(one => join(folder, one))) {
    Object.assign(all, await readProto(path, await readGo(dirname(path))));
  }
}

const kinds = { 'v1/DeleteOptions': DELETE_OPTIONS };
for (const name of Object.keys(all)) {
  const packageName = name.slice(0, name.lastIndexOf('.'));
  const hasMetadata = all[name].some(([, field]) => field === 'metadata');
  if (packageName in ROOTS && hasMetadata && !name.endsWith('List')) {
    const group = ROOTS[packageName];
    const versionName = packageName.split('.').pop();
    const kind = name.split('.').pop();
    kinds[`${group === '' ? '' : `${group}/`}${versionName}/${kind}`] = name;
  }
}
const messages = {};
const visit = name => {
  if (!(name in messages) && name in all) {
    messages[name] = all[name];
    all[name].forEach(([, , type]) => visit(type));
  }
};
Object.values(kinds).forEach(visit);

const target = join(import.meta.dirname, '../recorded/protobuf.json.gz');
await writeFile(
  target,
  gzipSync(JSON.stringify({ kinds, messages }), {
    level: constants.Z_BEST_COMPRESSION,
  }),
);
process.stdout.write(
  `${relative(process.cwd(), target)}: ${Object.keys(kinds).length} kinds, ${
    Object.keys(messages).length
  } messages\n`,
);
