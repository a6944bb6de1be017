import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

const KEY_ID = 'test';

/**
 * An OpenID Connect provider that signs everybody in as one person at once, for
 * tests: discovery, authorization code, token, user info and keys.
 */
export class OidcProvider {
  #server;
  #nonces = new Map();
  #keys = generateKeyPairSync('rsa', { modulusLength: 2048 });

  /** @param person `{email, name}` */
  constructor(person) {
    this.person = person;
    this.#server = createServer((request, response) =>
      this.#answer(request, response),
    );
  }

  async start() {
    await new Promise(done => this.#server.listen(0, '127.0.0.1', done));
    return this;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  async close() {
    this.#server.closeAllConnections();
    await new Promise(done => this.#server.close(done));
  }

  async #answer(request, response) {
    const { pathname, searchParams } = new URL(request.url, this.url);
    const json = body => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(body));
    };
    switch (pathname) {
      case '/.well-known/openid-configuration':
        json({
          issuer: this.url,
          authorization_endpoint: `${this.url}/authorize`,
          token_endpoint: `${this.url}/token`,
          userinfo_endpoint: `${this.url}/userinfo`,
          jwks_uri: `${this.url}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        });
        break;
      case '/authorize': {
        const code = randomUUID();
        this.#nonces.set(code, searchParams.get('nonce') ?? undefined);
        const back = new URL(searchParams.get('redirect_uri'));
        back.searchParams.set('code', code);
        back.searchParams.set('state', searchParams.get('state') ?? '');
        response.writeHead(302, { location: back.href }).end();
        break;
      }
      case '/token': {
        const form = new URLSearchParams(await text(request));
        const basic = Buffer.from(
          (request.headers.authorization ?? '').replace(/^Basic /, ''),
          'base64',
        ).toString();
        json({
          access_token: 'access',
          refresh_token: 'refresh',
          token_type: 'Bearer',
          expires_in: 3600,
          scope: 'openid profile email',
          id_token: this.#idToken({
            audience: form.get('client_id') ?? basic.split(':')[0],
            nonce: this.#nonces.get(form.get('code')),
          }),
        });
        break;
      }
      case '/userinfo':
        json({ sub: 'person', ...this.person });
        break;
      case '/jwks': {
        const jwk = this.#keys.publicKey.export({ format: 'jwk' });
        json({ keys: [{ ...jwk, kid: KEY_ID, alg: 'RS256', use: 'sig' }] });
        break;
      }
      default:
        response.writeHead(404).end();
    }
  }

  #idToken({ audience, nonce }) {
    const now = Math.floor(Date.now() / 1000);
    const part = value =>
      Buffer.from(JSON.stringify(value)).toString('base64url');
    const head = part({ alg: 'RS256', kid: KEY_ID, typ: 'JWT' });
    const body = part({
      iss: this.url,
      sub: 'person',
      aud: audience,
      iat: now,
      exp: now + 3600,
      nonce,
      ...this.person,
    });
    const signature = createSign('RSA-SHA256')
      .update(`${head}.${body}`)
      .sign(this.#keys.privateKey, 'base64url');
    return `${head}.${body}.${signature}`;
  }
}

async function text(request) {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
  }
  return body;
}
