import assert from 'node:assert/strict';
import {
  FIELD_MANAGER,
  TEMPLATE_REF,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import { eventually } from '../eventually';
import { REMOVAL_TEMPLATE } from '../steps/offBoarding';
import { APPLICATION, APPLICATION_DEFINITION } from './argoApplication';
import {
  assertRemoved,
  objectsOf,
  REMOVAL_FILE,
  startRemoval,
} from './deliveredRemoval';
import {
  applyDirectly,
  awaitTemplate,
  deliveredService,
  managersOf,
} from './deliveryGround';
import { makeNamespace, removeNamespaces } from './namespaces';
import type { PlatformGround, PlatformPart } from './PlatformPart';
import { SelfHealingController } from './SelfHealingController';

const CLUSTER = 'd-argo';
const SERVICES = 'd-argo';
const CONTROL = 'd-argocd';
const SERVICE = 'argo-odds';
const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: SERVICES,
  name: SERVICE,
};
const REGISTRATION = {
  ...APPLICATION,
  namespace: CONTROL,
  name: `${SERVICES}.${SERVICE}`,
};
const DEFINITION = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  name: APPLICATION_DEFINITION.metadata.name,
};

const limited = z.object({
  spec: z.object({ revisionHistoryLimit: z.number() }),
});

let controller: SelfHealingController | undefined;

async function awaitApplications({ cluster }: PlatformGround): Promise<void> {
  await eventually(
    async () => {
      await cluster.list(APPLICATION, { namespace: CONTROL });
    },
    { withinSeconds: 20 },
  );
}

/** With Argo CD, which a small controller plays: one Application is all that Backstage writes. */
export const argoDelivery: PlatformPart = {
  name: 'argocd',

  async prepare(ground) {
    const { cluster } = ground;
    if ((await cluster.get(DEFINITION)) !== undefined) {
      // Its own controllers would do what ours is to play.
      return {};
    }
    await cluster.apply(APPLICATION_DEFINITION);
    await makeNamespace(cluster, CONTROL);
    await makeNamespace(cluster, SERVICES);
    await awaitApplications(ground);
    controller = new SelfHealingController({ cluster, namespace: CONTROL });
    controller.start();
    ground.addContext({ name: CLUSTER });
    const user = {
      users: ['user:default/guest'],
      templates: [TEMPLATE_REF, REMOVAL_TEMPLATE],
    };
    return {
      templates: ['e2e/templates/direct-apply/template.yaml', REMOVAL_FILE],
      clusters: [
        {
          name: CLUSTER,
          delivery: {
            type: 'argocd',
            register: 'cluster',
            namespace: CONTROL,
            project: 'sportsbook',
          },
        },
      ],
      rules: [
        { ...user, clusters: [CLUSTER], namespaces: [SERVICES] },
        {
          ...user,
          clusters: [CLUSTER],
          namespaces: [CONTROL],
          kinds: ['argoproj.io/Application'],
        },
      ],
    };
  },

  async prove(run) {
    const { backstage, cluster, journal } = run;
    if (controller === undefined) {
      journal.skip(
        'with Argo CD a creation writes one Application',
        'the cluster has Argo CD, whose part this run would play',
      );
      return;
    }
    await journal.step(
      'with Argo CD, a creation writes one Application, and verifies what is synced and healthy at the published commit',
      async () => {
        await awaitTemplate(run, TEMPLATE_REF);
        const { log, output } = await backstage.runTask(
          TEMPLATE_REF,
          deliveredService({
            name: SERVICE,
            cluster: CLUSTER,
            namespace: SERVICES,
          }),
          { withinSeconds: 240 },
        );
        assert.match(JSON.stringify(output.text), /Argo CD has delivered/);
        assert.match(log, /verify: /);
        assert.deepEqual(await managersOf(run, REGISTRATION), [
          FIELD_MANAGER,
          'argocd-controller',
        ]);
        const managers = await managersOf(run, DEPLOYMENT);
        assert.ok(managers?.includes('argocd-controller'));
        assert.ok(!managers?.includes(FIELD_MANAGER), String(managers));
      },
      { essential: true },
    );
    await journal.step('an edit on the cluster heals', async () => {
      await cluster.apply(
        {
          apiVersion: DEPLOYMENT.apiVersion,
          kind: DEPLOYMENT.kind,
          metadata: { name: SERVICE, namespace: SERVICES },
          spec: { revisionHistoryLimit: 1 },
        },
        { fieldManager: 'kubectl', force: true },
      );
      await eventually(
        async () => {
          const deployment = limited.parse(await cluster.get(DEPLOYMENT));
          assert.equal(deployment.spec.revisionHistoryLimit, 5);
        },
        { withinSeconds: 30 },
      );
    });
    await journal.step(
      'kubernetes:apply of another template is refused there too',
      async () => {
        const { status, log } = await applyDirectly(run, {
          cluster: CLUSTER,
          namespace: SERVICES,
        });
        assert.equal(status, 'failed');
        assert.match(log, /it is delivered to by Argo CD/);
      },
    );
    await journal.step(
      'a removal deletes the Application, which takes the service along, and then image, catalog entry and repository',
      async () => {
        const service = { name: SERVICE, namespace: SERVICES };
        await assertRemoved(run, service, {
          task: await startRemoval(run, service, { preview: false }),
          objects: objectsOf(service, [REGISTRATION]),
          deliverer: 'Argo CD',
        });
      },
    );
  },

  async cleanUp(ground) {
    if (controller === undefined) {
      return;
    }
    const { cluster } = ground;
    await controller.stop();
    controller = undefined;
    if ((await cluster.get(REGISTRATION)) !== undefined) {
      const { name, namespace } = REGISTRATION;
      // Without the finalizer, which only a real Argo CD would take away.
      await cluster.apply({ ...APPLICATION, metadata: { name, namespace } });
      await cluster.delete(REGISTRATION);
    }
    await removeNamespaces(ground.cluster, [SERVICES, CONTROL]);
    await cluster.delete(DEFINITION);
  },
};
