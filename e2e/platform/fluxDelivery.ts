import assert from 'node:assert/strict';
import { join } from 'node:path';
import { TEMPLATE_REF } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import { eventually } from '../eventually';
import { REMOVAL_TEMPLATE } from '../steps/offBoarding';
import { ClusterGitProxy } from './ClusterGitProxy';
import {
  applyDirectly,
  awaitTemplate,
  deliveredService,
  managersOf,
} from './deliveryGround';
import { makeNamespace, removeNamespaces } from './namespaces';
import { REMOVAL_FILE } from './deliveredRemoval';
import { deployerIn } from './deployer';
import {
  FLEET,
  followPlatformRepository,
  KUSTOMIZATION,
  removeFluxObjects,
} from './fluxGround';
import { fluxRemoval } from './fluxRemoval';
import type { PlatformPart } from './PlatformPart';
import { PlatformRepository } from './PlatformRepository';
import { bindRole, CLUSTER_ROLE, removeRoles } from './rbacFiles';
import { makeServiceAccount } from './serviceAccount';

const CLUSTER = 'd-flux';
const SERVICES = 'd-flux';
const DIRECTORY = 'clusters/d-flux';
const SERVICE = 'flux-odds';
const BRANCH = `deliver-${SERVICES}.${SERVICE}`;
/** Backstage's own account on this cluster. */
const READER = { name: 'd-backstage', namespace: FLEET };
const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: SERVICES,
  name: SERVICE,
};

const limited = z.object({
  spec: z.object({ revisionHistoryLimit: z.number() }),
});

let proxy: ClusterGitProxy | undefined;

/** With Flux: a pull request becomes a running service, and what is edited on the cluster is undone. */
export const fluxDelivery: PlatformPart = {
  name: 'flux',

  async prepare(ground) {
    const served = await ground.cluster.discover({ fresh: true });
    const { apiVersion, kind } = KUSTOMIZATION;
    if (
      ground.options.gitAddress === undefined ||
      served.find(apiVersion, kind) === undefined
    ) {
      return {};
    }
    proxy = await ClusterGitProxy.start({
      address: ground.options.gitAddress,
      gitHost: ground.gitHost,
    });
    await makeNamespace(ground.cluster, FLEET);
    await makeNamespace(ground.cluster, SERVICES);
    const deployer = await deployerIn(SERVICES);
    for (const object of deployer.objects) {
      await ground.cluster.apply(object);
    }
    const token = await makeServiceAccount(ground.cluster, READER);
    for (const file of ['gitops', 'wait', 'verify']) {
      await bindRole(ground.cluster, {
        file,
        account: READER,
        namespace: SERVICES,
      });
    }
    await bindRole(ground.cluster, { file: CLUSTER_ROLE, account: READER });
    // Backstage has no more than these rights there: whatever it wrote would fail.
    ground.addContext({ name: CLUSTER, token });
    return {
      templates: ['e2e/templates/direct-apply/template.yaml', REMOVAL_FILE],
      clusters: [
        {
          name: CLUSTER,
          delivery: {
            type: 'flux',
            repository: {
              repoUrl: `${ground.gitHost}?owner=sportsbook&repo=d-fleet`,
              directory: DIRECTORY,
              waitForMergeSeconds: 300,
            },
            gitBaseUrl: proxy.url,
            serviceAccountName: deployer.name,
            intervalSeconds: 10,
            healthTimeoutSeconds: 120,
          },
        },
      ],
      rules: [
        {
          users: ['user:default/guest'],
          templates: [TEMPLATE_REF, REMOVAL_TEMPLATE],
          clusters: [CLUSTER],
          namespaces: [SERVICES],
        },
      ],
    };
  },

  async prove(run) {
    const { backstage, cluster, journal } = run;
    if (proxy === undefined) {
      journal.skip(
        'with Flux a pull request becomes a running service',
        'it needs Flux on the cluster, and --git-address <address of this machine that its pods reach>',
      );
      return;
    }
    const git = proxy;
    const repository = new PlatformRepository(
      join(run.product.repositoriesDirectory, 'sportsbook/d-fleet.git'),
    );
    let task = '';
    await journal.step(
      'with Flux, and rights to read alone, a creation proposes a change to the platform repository',
      async () => {
        await repository.create({ [`${DIRECTORY}/README.md`]: 'Services.\n' });
        await followPlatformRepository(run, {
          proxy: git,
          directory: DIRECTORY,
        });
        await awaitTemplate(run, TEMPLATE_REF);
        task = await backstage.startTask(
          TEMPLATE_REF,
          deliveredService({
            name: SERVICE,
            cluster: CLUSTER,
            namespace: SERVICES,
          }),
        );
        await eventually(
          async () => {
            if (!(await repository.branches()).includes(BRANCH)) {
              // Throws what the task has said so far, whether it has ended or not.
              const { status, log } = await backstage.finishTask(task, {
                withinSeconds: 0,
              });
              throw new Error(`The task ended as '${status}':\n${log}`);
            }
          },
          { withinSeconds: 240 },
        );
        assert.equal(await cluster.get(DEPLOYMENT), undefined);
      },
      { essential: true },
    );
    await journal.step(
      'once it is merged, Flux delivers the published commit, and the same task verifies that the service scales',
      async () => {
        await repository.merge(BRANCH);
        const { status, log, output } = await backstage.finishTask(task, {
          withinSeconds: 240,
        });
        assert.equal(status, 'completed', log);
        assert.match(JSON.stringify(output.text), /Flux has delivered/);
        assert.match(log, /verify: /);
        const managers = await managersOf(run, DEPLOYMENT);
        assert.ok(managers?.includes('kustomize-controller'));
        assert.ok(!managers?.includes('backstage-sportsbook-scaling'));
      },
      { essential: true },
    );
    await journal.step(
      'the number of replicas is not among the fields that Flux owns',
      async () => {
        const deployment = await cluster.get(DEPLOYMENT);
        const entries = deployment?.metadata.managedFields;
        assert.ok(Array.isArray(entries));
        const owners = entries
          .filter(entry =>
            JSON.stringify(entry.fieldsV1).includes('f:replicas"'),
          )
          .filter(({ subresource }) => subresource !== 'status')
          .map(({ manager }) => manager);
        assert.ok(!owners.includes('kustomize-controller'), String(owners));
      },
    );
    await journal.step('an edit on the cluster is undone by Flux', async () => {
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
          const deployment = await cluster.get(DEPLOYMENT);
          assert.equal(limited.parse(deployment).spec.revisionHistoryLimit, 5);
        },
        { withinSeconds: 40 },
      );
    });
    await journal.step(
      'kubernetes:apply of another template is refused there, with the reason and the next step',
      async () => {
        const { status, log } = await applyDirectly(run, {
          cluster: CLUSTER,
          namespace: SERVICES,
        });
        assert.equal(status, 'failed');
        assert.match(log, /it is delivered to by Flux/);
        assert.match(log, /gitops:register/);
      },
    );
    await fluxRemoval(run, {
      repository,
      service: { name: SERVICE, namespace: SERVICES },
    });
  },

  async cleanUp(ground) {
    if (proxy === undefined) {
      return;
    }
    await removeFluxObjects(ground, [FLEET, SERVICES]);
    await removeRoles(ground.cluster, READER, [
      'gitops',
      'wait',
      'verify',
      CLUSTER_ROLE,
    ]);
    await removeNamespaces(ground.cluster, [SERVICES, FLEET]);
    await proxy.close();
    proxy = undefined;
  },
};
