import { scalingPolicyFields } from '@sportsbook/plugin-sportsbook-scaling-common';
import { zodToJsonSchema } from 'zod-to-json-schema';
import { readTemplate } from './readTemplate';

type Property = Record<string, unknown>;

/** What the scaffolder and the policy both say of a field. */
const COMPARED = [
  'type',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'pattern',
  'default',
];

const compared = (property: Property): Property =>
  Object.fromEntries(
    COMPARED.filter(key => key in property).map(key => [key, property[key]]),
  );

interface Page {
  required?: string[];
  properties: Record<string, Property>;
  dependencies?: Record<
    string,
    { oneOf: { required?: string[]; properties: Record<string, Property> }[] }
  >;
}

async function readPages(): Promise<Page[]> {
  const { spec } = await readTemplate();
  return [spec.parameters].flat() as unknown as Page[];
}

/** All fields of the form, those that a choice reveals included. */
async function readFields(): Promise<Record<string, Property>> {
  const fields: Record<string, Property> = {};
  for (const page of await readPages()) {
    for (const [name, { oneOf }] of Object.entries(page.dependencies ?? {})) {
      for (const branch of oneOf) {
        const { [name]: chosen, ...revealed } = branch.properties;
        expect(chosen).toHaveProperty('enum');
        Object.assign(fields, revealed);
      }
    }
    Object.assign(fields, page.properties);
  }
  return fields;
}

const policySchema = zodToJsonSchema(scalingPolicyFields, {
  $refStrategy: 'none',
}) as unknown as { required: string[]; properties: Record<string, Property> };

describe('the form', () => {
  it('asks for every field of the policy, and whether to preview', async () => {
    const fields = await readFields();
    expect(Object.keys(fields).sort()).toEqual(
      [
        ...Object.keys(policySchema.properties),
        'kubernetesToken',
        'preview',
      ].sort(),
    );
  });

  it('has the limits and defaults of the policy', async () => {
    const { preview: _, kubernetesToken: __, ...fields } = await readFields();
    for (const [name, field] of Object.entries(fields)) {
      const expected = compared(policySchema.properties[name]);
      if (name === 'monitoring') {
        // Its field proposes what the cluster has, which a default would forestall.
        delete expected.default;
      } else if (name === 'prometheusServer') {
        // With a type the form would begin with an empty object.
        delete expected.type;
      }
      expect({ [name]: compared(field) }).toEqual({ [name]: expected });
    }
  });

  it('offers the choices of the policy, and has a branch for each', async () => {
    const fields = await readFields();
    for (const name of ['serviceType', 'monitoring']) {
      expect(fields[name].enum).toEqual(policySchema.properties[name].enum);
    }
    for (const { dependencies = {} } of await readPages()) {
      for (const [name, { oneOf }] of Object.entries(dependencies)) {
        expect(oneOf.flatMap(branch => branch.properties[name].enum)).toEqual(
          policySchema.properties[name].enum,
        );
      }
    }
  });

  it('requires what has no default', async () => {
    const required = (await readPages()).flatMap(page => page.required ?? []);
    expect(required.sort()).toEqual([...policySchema.required].sort());
  });

  it('explains each field in words', async () => {
    for (const [name, field] of Object.entries(await readFields())) {
      expect({ name, ...field }).toMatchObject({
        title: expect.stringMatching(/\w{4}/),
        description: expect.stringMatching(/\w+ .*\.$/),
      });
    }
  });
});
