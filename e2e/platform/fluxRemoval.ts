import assert from 'node:assert/strict';
import { eventually } from '../eventually';
import {
  assertRemoved,
  DeliveredAlready,
  kindsThere,
  objectsOf,
  startRemoval,
} from './deliveredRemoval';
import { fluxObjectsOf } from './fluxGround';
import type { PlatformRun } from './PlatformPart';
import { PlatformRepository } from './PlatformRepository';

/** A service that Flux has delivered goes by a pull request as it has come. */
export async function fluxRemoval(
  run: PlatformRun,
  {
    repository,
    service,
  }: { repository: PlatformRepository; service: DeliveredAlready },
): Promise<void> {
  const { backstage, journal } = run;
  const name = `${service.namespace}.${service.name}`;
  const branch = `remove-${name}`;
  let task = '';
  const objects = objectsOf(service, fluxObjectsOf(service));
  await journal.step(
    'a preview of the removal says which file would go, and changes nothing',
    async () => {
      const { status, log, output } = await backstage.finishTask(
        await startRemoval(run, service, { preview: true }),
        { withinSeconds: 60 },
      );
      assert.equal(status, 'completed', log);
      assert.match(
        JSON.stringify(output.text),
        new RegExp(`${name}\\.yaml would be taken out of main`),
      );
      assert.deepEqual(await repository.branches(), ['main']);
    },
  );
  await journal.step(
    'a removal proposes a change to the platform repository, and leaves the service alone until it is merged',
    async () => {
      task = await startRemoval(run, service, { preview: false });
      await eventually(
        async () =>
          assert.ok(
            (await repository.branches()).includes(branch),
            (await backstage.taskLog(task))
              .map(({ body }) => body.message)
              .join('\n'),
          ),
        { withinSeconds: 120 },
      );
      assert.deepEqual(
        await kindsThere(run, objects),
        objects.map(({ kind }) => kind),
      );
    },
    { essential: true },
  );
  await journal.step(
    'once it is merged, Flux removes the service, and the same task takes image, catalog entry and repository away',
    async () => {
      await repository.merge(branch);
      await assertRemoved(run, service, {
        task,
        objects,
        deliverer: 'Flux',
      });
    },
  );
}
