import type { Journal } from '../Journal';
import { eventually } from '../eventually';
import type { BackstageApi } from '../product/BackstageApi';

/** Waits until templates of these names can be run. */
export async function templatesInCatalog(
  { backstage, journal }: { backstage: BackstageApi; journal: Journal },
  names: string[],
): Promise<void> {
  await journal.step(
    'the catalog has the templates',
    () =>
      eventually(
        async () => {
          for (const name of names) {
            if (!(await backstage.hasEntity(`template/default/${name}`))) {
              throw new Error(`The catalog has no template ${name} yet.`);
            }
          }
        },
        { withinSeconds: 60 },
      ),
    { essential: true },
  );
}
