import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  OPERATOR_CLUSTER_RULES,
  OPERATOR_NAMESPACE_RULES,
} from '../../../plugins/sportsbook-scaling-node/src/platform/operatorRules';
import { readTemplate } from './readTemplate';

const GUIDE = readFileSync(
  join(__dirname, '../../../docs/how-to/prepare-a-cluster.md'),
  'utf8',
);

/** The YAML of a block that begins with this comment. */
function block(title: string): unknown {
  const found = [...GUIDE.matchAll(/```yaml\n([\s\S]*?)```/g)]
    .map(([, text]) => text)
    .find(text => text.startsWith(`# ${title}\n`));
  return parse(found ?? '');
}

describe('docs/how-to/prepare-a-cluster.md', () => {
  it('shows the rights that the operator gets, and no others', () => {
    expect(block('ClusterRole of the Prometheus operator')).toEqual({
      rules: OPERATOR_CLUSTER_RULES,
    });
  });

  it('says what one namespace takes instead', () => {
    const inCluster = new Set(
      OPERATOR_CLUSTER_RULES.map(r => JSON.stringify(r)),
    );
    expect(block('Instead, in a Role')).toEqual(
      OPERATOR_NAMESPACE_RULES.filter(
        rule => !inCluster.has(JSON.stringify(rule)),
      ),
    );
  });

  it('has a rule for the template that there is', async () => {
    const { metadata } = await readTemplate();
    expect(JSON.stringify(block('app-config.yaml'))).toContain(
      `template:default/${metadata.name}`,
    );
  });
});

describe('the form', () => {
  it('explains each field in words', async () => {
    const { spec } = await readTemplate();
    const [page] = [spec.parameters].flat() as unknown as {
      properties: Record<string, object>;
      dependencies: Record<
        string,
        { oneOf: { properties: Record<string, object> }[] }
      >;
    }[];
    const fields = {
      ...Object.assign(
        {},
        ...Object.values(page.dependencies).flatMap(({ oneOf }) =>
          oneOf.map(({ properties }) => properties),
        ),
      ),
      ...page.properties,
    };
    expect(Object.keys(fields).sort()).toEqual([
      'action',
      'cluster',
      'confirmCluster',
      'definitions',
      'kubernetesToken',
      'namespace',
      'preview',
      'scope',
    ]);
    for (const [name, field] of Object.entries(fields)) {
      expect({ name, ...(field as object) }).toMatchObject({
        title: expect.stringMatching(/\w{4}/),
        description: expect.stringMatching(/\w+ .*\.$/),
      });
    }
  });
});
