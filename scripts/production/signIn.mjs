import assert from 'node:assert/strict';

/**
 * Signs in as a browser does: from Backstage to the provider and back, with the
 * cookies that Backstage sets on the way.
 *
 * @param baseUrl of Backstage
 * @returns `{token, identity}` of the person
 */
export async function signIn(baseUrl) {
  const cookies = new Map();
  let url = `${baseUrl}/api/auth/oidc/start?env=production&scope=openid%20profile%20email`;
  for (let hop = 0; hop < 5; hop += 1) {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: url.startsWith(baseUrl)
        ? {
            cookie: [...cookies].map(pair => pair.join('=')).join('; '),
          }
        : {},
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair] = line.split(';');
      const at = pair.indexOf('=');
      cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const location = answer.headers.get('location');
    if (location === null) {
      return readFrame(await answer.text(), answer.status);
    }
    url = new URL(location, url).href;
  }
  throw new Error('The sign-in leads from one address to the next.');
}

/** The page that ends a sign-in hands its result, encoded, to the page before. */
function readFrame(html, status) {
  const message = [...html.matchAll(/decodeURIComponent\('([^']+)'\)/g)]
    .map(([, encoded]) => decodeURIComponent(encoded))
    .find(text => text.includes('authorization_response'));
  assert.ok(message, `The sign-in ended with ${status}:\n${html}`);
  const { response, error } = JSON.parse(message);
  assert.ok(response, `The sign-in failed: ${JSON.stringify(error)}`);
  const { token, identity } = response.backstageIdentity;
  return { token, identity };
}
