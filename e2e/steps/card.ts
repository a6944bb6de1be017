import assert from 'node:assert/strict';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { openBrowser } from '../product/browser';
import { signIn } from './form';
import type { Run } from './Run';

const LOOKS = [
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 1440 },
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 360 },
] as const;

/** The card while the third replica serves: numbers, reason, picture. */
export async function cardUnderLoad(run: Run, name: string): Promise<void> {
  await run.journal.step(
    'the card shows three replicas while it happens, and says why',
    () =>
      eachLook(run, name, 'under-load', async page => {
        const text = await cardText(page);
        assert.match(text, /3\s+of\s+2–10/);
        assert.match(text, /331 requests\/s/);
      }),
  );
}

/** The card afterwards: both events on the timeline. */
export async function cardWhenCalm(run: Run, name: string): Promise<void> {
  await run.journal.step('the card has both events on its timeline', () =>
    eachLook(run, name, 'calm', async page => {
      const text = await cardText(page);
      assert.match(text, /2\s*→\s*3/);
      assert.match(text, /3\s*→\s*2/);
    }),
  );
}

async function eachLook(
  run: Run,
  name: string,
  situation: string,
  check: (page: Page) => Promise<void>,
): Promise<void> {
  if (run.browserPath === undefined) {
    return;
  }
  for (const look of LOOKS) {
    const browser = await openBrowser(run.browserPath, look);
    try {
      const page = await browser.context.newPage();
      await signIn(page, run.product.baseUrl);
      await page.goto(
        `${run.product.baseUrl}/catalog/default/component/${name}`,
      );
      await cardOf(page)
        .getByText(/requests\/s/)
        .first()
        .waitFor();
      await page.screenshot({
        path: run.resultPath(
          `card-${situation}-${look.colorScheme}-${look.width}.png`,
        ),
        fullPage: true,
      });
      await cardOf(page).screenshot({
        path: run.resultPath(
          `card-only-${situation}-${look.colorScheme}-${look.width}.png`,
        ),
      });
      await check(page);
      // The page around the card is not ours to judge.
      await cardOf(page).evaluate(card => card.setAttribute('data-card', ''));
      const { violations } = await new AxeBuilder({ page })
        .include('[data-card]')
        .analyze();
      assert.deepEqual(
        violations.flatMap(({ id, nodes }) =>
          nodes.map(node => `${id}: ${node.html} ${node.failureSummary}`),
        ),
        [],
      );
    } finally {
      await browser.close();
    }
  }
}

function cardOf(page: Page) {
  return page.getByRole('article').filter({
    has: page.getByRole('heading', { name: 'Scaling', exact: true }),
  });
}

async function cardText(page: Page): Promise<string> {
  return cardOf(page).innerText();
}
