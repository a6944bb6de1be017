import assert from 'node:assert/strict';
import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import { Scenario } from './Scenario';
import { actionsOf } from './ScenarioContext';

/** The operators whose definitions are the largest and strangest there are. */
const GROUPS = ['monitoring.coreos.com', 'keda.sh', 'eventing.keda.sh'];

const DEFINITION = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
};

/** As a definition is read, with whatever its schemas hold. */
const definitionSchema = z.object({
  spec: z.looseObject({
    group: z.string(),
    names: z.looseObject({ plural: z.string(), kind: z.string() }),
    versions: z.array(z.unknown()),
  }),
});

/** JSON with the keys of each object in order: equal texts are equal to the byte. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );
}

const sizeOf = (object: KubernetesObject) => JSON.stringify(object).length;

/** The keywords that typed models lose. */
function keywordsIn(text: string): number {
  return text.match(/"(x-kubernetes-[a-z-]+|default|enum)":/g)?.length ?? 0;
}

export const definitions: Scenario[] = [
  {
    title:
      'the definitions of the Prometheus operator and of KEDA go through to the byte, each keyword of their schemas kept',
    async run(context) {
      const { items } = await context.client.list(DEFINITION);
      const all = items.flatMap((item): KubernetesObject[] => {
        const { spec } = definitionSchema.parse(item);
        if (!GROUPS.includes(spec.group)) {
          return [];
        }
        const { group, names, scope, versions } = spec;
        const own = `${group}.${context.namespace}.example.com`;
        // Short names and categories belong to the original.
        const { plural, kind } = names;
        return [
          {
            ...DEFINITION,
            metadata: { name: `${plural}.${own}` },
            spec: { group: own, names: { plural, kind }, scope, versions },
          },
        ];
      });
      assert.ok(all.length >= 8, `only ${all.length} definitions are there`);
      const copies = all
        .sort((a, b) => sizeOf(a) - sizeOf(b))
        .slice(0, context.mostDefinitions);
      context.leftovers.push(...copies.map(copy => context.refOf(copy)));
      const changes = await context.apply(copies);
      assert.deepEqual(actionsOf(changes), ['created']);
      let keywords = 0;
      for (const copy of copies) {
        const versionsOf = (object: KubernetesObject) =>
          canonical(definitionSchema.parse(object).spec.versions);
        assert.equal(
          versionsOf(await context.stored(copy)),
          versionsOf(copy),
          copy.metadata.name,
        );
        keywords += keywordsIn(versionsOf(copy));
      }
      assert.ok(keywords > 2 * copies.length, `only ${keywords} keywords`);
      assert.deepEqual(actionsOf(await context.apply(copies)), ['unchanged']);
    },
  },
];
