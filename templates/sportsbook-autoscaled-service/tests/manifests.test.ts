import { LABELS } from '@sportsbook/plugin-sportsbook-scaling-common';
import { readCases } from './readCases';
import { renderManifests } from './renderManifests';
import { validateObject } from './validateObject';

const OWN_PROMETHEUS = [
  'Prometheus',
  'Role',
  'RoleBinding',
  'Service',
  'ServiceAccount',
];
const SERVICE = [
  'Deployment',
  'PodDisruptionBudget',
  'ScaledObject',
  'Service',
  'ServiceMonitor',
];

type Answers = { name: string; namespace: string; monitoring?: string };

async function renderAll() {
  const cases = await readCases();
  return Promise.all(
    cases.map(async ({ name, values }) => ({
      name,
      answers: values as Answers,
      objects: [...(await renderManifests(values)).values()],
    })),
  );
}

describe('the manifests of every case', () => {
  it('are what the cluster’s definitions allow', async () => {
    for (const { name, objects } of await renderAll()) {
      for (const object of objects) {
        expect({ name, problems: await validateObject(object) }).toEqual({
          name,
          problems: [],
        });
      }
    }
  });

  it('are checked closely enough to find a misspelt field, a wrong type and a missing one', async () => {
    const [{ objects }] = await renderAll();
    const deployment = objects.find(({ kind }) => kind === 'Deployment')!;
    expect(
      await validateObject({
        ...deployment,
        spec: {
          replica: 2,
          selector: {},
          template: { spec: { containers: '' } },
        },
      } as typeof deployment),
    ).toEqual(
      expect.arrayContaining([
        expect.stringContaining('"additionalProperty":"replica"'),
        expect.stringContaining('containers must be array'),
      ]),
    );
    const scaledObject = objects.find(({ kind }) => kind === 'ScaledObject')!;
    expect(
      await validateObject({ ...scaledObject, spec: {} } as typeof deployment),
    ).toEqual(
      expect.arrayContaining([
        expect.stringContaining("must have required property 'triggers'"),
      ]),
    );
  });

  it('are one object a file, with an own Prometheus only where one was asked for', async () => {
    for (const { answers, objects } of await renderAll()) {
      const expected =
        answers.monitoring === 'existing'
          ? SERVICE
          : [...SERVICE, ...OWN_PROMETHEUS];
      expect(objects.map(({ kind }) => kind).sort()).toEqual(expected.sort());
    }
  });

  it('name service and namespace as text, whatever YAML takes them for', async () => {
    for (const { answers, objects } of await renderAll()) {
      for (const { metadata } of objects) {
        expect(metadata.namespace).toBe(answers.namespace);
        expect([answers.name, `prometheus-${answers.name}`]).toContain(
          metadata.name,
        );
        expect(metadata.labels?.[LABELS.kubernetesId]).toBe(answers.name);
      }
    }
  });

  it('carry the standard labels, and no selector knows the version', async () => {
    for (const { objects } of await renderAll()) {
      for (const object of objects) {
        expect(Object.keys(object.metadata.labels ?? {})).toEqual(
          expect.arrayContaining(Object.values(LABELS)),
        );
        const selectors = JSON.stringify(object).match(
          /"(?:selector|matchLabels|labelSelector)":\{[^}]*\}/g,
        );
        expect(selectors?.join() ?? '').not.toContain(LABELS.version);
      }
    }
  });
});
