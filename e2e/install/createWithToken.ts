import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import type { BackstageApi, FinishedTask } from '../product/BackstageApi';
import { signIn } from '../steps/form';

const TASKS = '/api/scaffolder/v2/tasks';

/** That Backstage asks Google for in order to reach a cluster. */
const SCOPES =
  'openid https://www.googleapis.com/auth/cloud-platform.read-only';

const startedSchema = z.object({
  secrets: z.object({ KUBERNETES_TOKEN: z.string() }),
});

/**
 * Presses _Create_ in the form for a cluster that is reached with people's own
 * tokens, so that the app's form decorator has to bring the token.
 *
 * @remarks
 * The sign-in at the identity provider is played, at the edge of the browser:
 * the cluster is said to want Google's tokens, and Google's session to hold
 * this one. Fetching it, and putting it into the task's secrets, is left to the
 * app.
 *
 * @returns the task that it started, which only plans
 */
export async function createWithToken(
  page: Page,
  options: {
    baseUrl: string;
    api: BackstageApi;
    cluster: string;
    namespace: string;
    name: string;
    token: string;
  },
): Promise<FinishedTask> {
  const { baseUrl, api, cluster, namespace, name, token } = options;
  await page.route('**/api/kubernetes/clusters', route =>
    route.fulfill({
      json: { items: [{ name: cluster, authProvider: 'google' }] },
    }),
  );
  await page.route('**/api/auth/google/refresh?*', route => {
    const asked = new URL(route.request().url()).searchParams.get('scope');
    return route.fulfill({
      json: {
        profile: { email: 'guest@example.org' },
        providerInfo: {
          accessToken: token,
          idToken: token,
          scope: asked ?? SCOPES,
          expiresInSeconds: 3600,
        },
      },
    });
  });
  await signIn(page, baseUrl);
  await page.goto(
    `${baseUrl}/create/templates/default/sportsbook-autoscaled-service`,
  );
  const named = (label: string) =>
    page
      .getByRole('textbox', { name: label, exact: true })
      .or(page.getByRole('combobox', { name: label, exact: true }))
      .first();
  await named('Name').fill(name);
  await named('Owner').click();
  await page
    .getByRole('option', { name: /guests/i })
    .first()
    .click();
  await named('Namespace').fill(namespace);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('checkbox', { name: /Preview/ }).check();
  await page.getByRole('button', { name: 'Review' }).click();
  const create = page.getByRole('button', { name: 'Create', exact: true });
  await create.waitFor();
  const [started] = await Promise.all([
    page.waitForRequest(
      request => request.method() === 'POST' && request.url().endsWith(TASKS),
    ),
    create.click(),
  ]);
  const { secrets } = startedSchema.parse(started.postDataJSON());
  assert.equal(secrets.KUBERNETES_TOKEN, token);
  await page.waitForURL(/\/create\/tasks\//);
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  return api.finishTask(id, { withinSeconds: 120 });
}
