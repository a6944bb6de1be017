// The least roles of deploy/rbac, as files: held to what they promise, and to
// the manifests that the service template really makes.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = join(root, 'deploy/rbac');
const golden = join(
  root,
  'templates/sportsbook-autoscaled-service/golden/defaults/k8s',
);

const files = readdirSync(folder).filter(name => !name.includes('.example.'));
const textOf = name => readFileSync(join(folder, name), 'utf8');
const roleOf = name => parse(textOf(name));

const PLURALS = {
  Deployment: 'deployments',
  PodDisruptionBudget: 'poddisruptionbudgets',
  Prometheus: 'prometheuses',
  Role: 'roles',
  RoleBinding: 'rolebindings',
  ScaledObject: 'scaledobjects',
  Service: 'services',
  ServiceAccount: 'serviceaccounts',
  ServiceMonitor: 'servicemonitors',
};

/** Group and plural of each kind that the template makes. */
const made = readdirSync(golden).map(name => {
  const { apiVersion, kind } = parse(readFileSync(join(golden, name), 'utf8'));
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  assert.ok(PLURALS[kind], `${name}: say the plural of ${kind} here`);
  return { group, resource: PLURALS[kind] };
});

/** What stands for the ApplySet that the service is. */
const SET = { group: '', resource: 'configmaps' };

function allows({ rules }, { group, resource, verb }) {
  return rules.some(
    rule =>
      rule.apiGroups.includes(group) &&
      rule.resources.includes(resource) &&
      rule.verbs.includes(verb),
  );
}

test('each file is one ClusterRole of its name', () => {
  assert.ok(files.length >= 7);
  for (const name of files) {
    const { kind, metadata } = roleOf(name);
    assert.equal(kind, 'ClusterRole');
    assert.equal(
      metadata.name,
      `backstage-sportsbook-${name.replace('.yaml', '')}`,
    );
  }
});

test('each rule has a comment that says what it is for', () => {
  for (const name of files) {
    const lines = textOf(name).split('\n');
    assert.match(lines[0], /^# /, `${name}: says for which action it is`);
    lines.forEach((line, index) => {
      if (line.startsWith('  - apiGroups')) {
        assert.match(lines[index - 1], /^ {2}# /, `${name}, line ${index + 1}`);
      }
    });
  }
});

test('no role reaches a Secret, a running pod or all of anything, or gives away rights', () => {
  for (const name of files) {
    for (const { apiGroups, resources, verbs } of roleOf(name).rules) {
      for (const word of [...apiGroups, ...resources, ...verbs]) {
        assert.ok(
          !/^(\*|secrets|pods\/.*|escalate|bind|impersonate|deletecollection)$/.test(
            word,
          ),
          `${name}: ${word}`,
        );
      }
    }
  }
});

test('roles that only read have reading verbs only', () => {
  for (const name of [
    'verify.yaml',
    'card.yaml',
    'wait.yaml',
    'cluster-reads.yaml',
    'gitops.yaml',
  ]) {
    for (const { verbs } of roleOf(name).rules) {
      assert.deepEqual(
        verbs.filter(verb => !['get', 'list', 'watch'].includes(verb)),
        [],
        name,
      );
    }
  }
});

for (const [name, verbs] of [
  ['apply.yaml', ['get', 'create', 'patch']],
  ['wait.yaml', ['list', 'watch']],
  ['delete.yaml', ['get', 'list', 'delete']],
  ['gitops.yaml', ['get']],
]) {
  test(`${name} allows ${verbs.join(
    ', ',
  )} of each kind that the template makes`, () => {
    for (const what of made) {
      for (const verb of verbs) {
        assert.ok(
          allows(roleOf(name), { ...what, verb }),
          `${name} lacks ${verb} ${what.resource}`,
        );
      }
    }
  });

  test(`${name} writes no kind that the template does not make`, () => {
    for (const { resources, verbs: given } of roleOf(name).rules) {
      if (given.some(verb => ['create', 'patch', 'delete'].includes(verb))) {
        for (const resource of resources) {
          assert.ok(
            [...made, SET].some(known => known.resource === resource),
            `${name}: ${resource}`,
          );
        }
      }
    }
  });
}

test('an ApplySet is kept and removed by whoever applies and deletes', () => {
  for (const [name, verbs] of [
    ['apply.yaml', ['get', 'create', 'patch']],
    ['delete.yaml', ['get', 'delete']],
  ]) {
    for (const verb of verbs) {
      assert.ok(allows(roleOf(name), { ...SET, verb }), `${name}: ${verb}`);
    }
  }
});

test('apply.yaml holds each right that the own Prometheus is given', () => {
  const { rules } = parse(
    readFileSync(join(golden, 'prometheus-role.yaml'), 'utf8'),
  );
  for (const { apiGroups, resources, verbs } of rules) {
    for (const group of apiGroups) {
      for (const resource of resources) {
        for (const verb of verbs) {
          assert.ok(
            allows(roleOf('apply.yaml'), { group, resource, verb }),
            `${verb} ${resource}`,
          );
        }
      }
    }
  }
});

test('the example binds roles that there are', () => {
  const names = files.map(name => roleOf(name).metadata.name);
  const bindings = parseAllDocuments(textOf('shared-account.example.yaml')).map(
    document => document.toJS(),
  );
  const bound = bindings.flatMap(({ roleRef }) => roleRef ?? []);
  assert.ok(bound.length >= 6);
  for (const { kind, name } of bound) {
    assert.equal(kind, 'ClusterRole');
    assert.ok(names.includes(name), name);
  }
});
