import type { Page } from 'playwright-core';
import { openBrowser } from '../product/browser';
import type { Run } from './Run';

const FORM = '/create/templates/default/sportsbook-autoscaled-service';

/**
 * Fills the form as a person would, and waits for the task that it starts.
 *
 * @returns the task's output
 */
export async function createThroughTheForm(
  run: Run,
  browserPath: string,
  values: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const browser = await openBrowser(browserPath, {
    colorScheme: 'light',
    width: 1440,
  });
  try {
    const page = await browser.context.newPage();
    await signIn(page, run.product.baseUrl);
    await page.goto(`${run.product.baseUrl}${FORM}`);
    await field(page, 'Name').fill(String(values.name));
    await field(page, 'Owner').click();
    await page
      .getByRole('option', { name: /traders/i })
      .first()
      .click();
    // A form with one cluster has it chosen already; the review shows it.
    await field(page, 'Namespace').fill(String(values.namespace));
    await field(page, 'Node port of Prometheus').fill(
      String(values.prometheusNodePort),
    );
    await page.screenshot({
      path: run.resultPath('form-service.png'),
      fullPage: true,
    });
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('radio', { name: /NodePort/ }).check();
    await field(page, 'Node port').fill(String(values.nodePort));
    await page.screenshot({
      path: run.resultPath('form-scaling.png'),
      fullPage: true,
    });
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('button', { name: 'Create', exact: true }).waitFor();
    await page.getByText(String(values.cluster), { exact: true }).waitFor();
    await page.screenshot({
      path: run.resultPath('form-review.png'),
      fullPage: true,
    });
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.waitForURL(/\/create\/tasks\//, { timeout: 30_000 });
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const task = await run.backstage.finishTask(id, { withinSeconds: 400 });
    // The page learns of the end a moment after the API; for the picture alone.
    await page
      .getByText('Open in the catalog')
      .first()
      .waitFor({ timeout: 15_000 })
      .catch(() => undefined);
    await page.screenshot({ path: run.resultPath('task.png'), fullPage: true });
    if (task.status !== 'completed') {
      throw new Error(`Task ${id} ended as '${task.status}':\n${task.log}`);
    }
    return task.output;
  } finally {
    await browser.close();
  }
}

/** A guest is signed in by a click, where the page asks for it at all. */
export async function signIn(page: Page, baseUrl: string): Promise<void> {
  await page.goto(baseUrl);
  const enter = page.getByRole('button', { name: 'Enter' });
  await enter
    .or(page.getByRole('link', { name: /Create/ }))
    .first()
    .waitFor({ timeout: 60_000 });
  if (await enter.isVisible()) {
    await enter.click();
    await page
      .getByRole('link', { name: /Create/ })
      .first()
      .waitFor();
  }
}

function field(page: Page, name: string) {
  return page
    .getByRole('textbox', { name, exact: true })
    .or(page.getByRole('spinbutton', { name, exact: true }))
    .or(page.getByRole('combobox', { name, exact: true }))
    .first();
}
