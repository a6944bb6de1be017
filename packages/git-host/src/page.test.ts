import { createHash } from 'node:crypto';
import { html } from './html';
import { PAGE_SECURITY_POLICY, page } from './page';

describe('page', () => {
  it('has a style that its own security policy allows', () => {
    const source = String(
      page({ crumbs: [{ text: 'sportsbook' }], content: html`<p>Hello</p>` }),
    );
    const style = /<style>([^]*)<\/style>/.exec(source)?.[1];
    const hash = createHash('sha256')
      .update(style ?? '')
      .digest('base64');
    expect(style).toContain('color-scheme: light dark');
    expect(PAGE_SECURITY_POLICY).toContain(`style-src 'sha256-${hash}'`);
  });
});
