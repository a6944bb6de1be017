import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LoggedProcess } from '../start/LoggedProcess.mjs';
import { LoadBalancer } from './LoadBalancer.mjs';
import { OidcProvider } from './OidcProvider.mjs';
import { Postgres } from './Postgres.mjs';
import { signIn } from './signIn.mjs';

const PERSON = { email: 'ada@example.org', name: 'Ada' };
const ORGANIZATION = `apiVersion: backstage.io/v1alpha1
kind: User
metadata:
  name: ada
spec:
  profile:
    email: ${PERSON.email}
  memberOf: []
`;
const READY_TIMEOUT_MS = 180_000;

/**
 * Runs two replicas of a built Backstage with its production configuration,
 * PostgreSQL and an OIDC provider, and sees that they are one.
 *
 * @param release `{cwd, env, command}` of `followDockerfile`
 * @param options.folder for state and logs
 * @param options.environment of this process
 * @param options.step runs a check: `step(sentence, check)`
 */
export async function proveReplicas(release, { folder, environment, step }) {
  const postgres = new Postgres({
    folder: join(folder, 'postgres'),
    port: await freePort(),
  });
  const provider = await new OidcProvider(PERSON).start();
  const balancer = await new LoadBalancer().start();
  const organization = join(folder, 'organization.yaml');
  writeFileSync(organization, ORGANIZATION);
  const replicas = [];
  const launch = (port, name, over = {}) => {
    const [program, ...args] = release.command;
    return new LoggedProcess({
      binary: program === 'node' ? process.execPath : program,
      args,
      cwd: release.cwd,
      env: {
        PATH: environment.PATH,
        ...release.env,
        HOME: folder,
        LISTEN_HOST: '127.0.0.1',
        PORT: String(port),
        BASE_URL: balancer.url,
        POSTGRES_HOST: '127.0.0.1',
        POSTGRES_PORT: String(postgres.port),
        POSTGRES_USER: 'backstage',
        POSTGRES_PASSWORD: 'not-asked-for',
        POSTGRES_DATABASE: 'backstage',
        SESSION_SECRET: 'a secret that all replicas share',
        OIDC_METADATA_URL: `${provider.url}/.well-known/openid-configuration`,
        OIDC_CLIENT_ID: 'backstage',
        OIDC_CLIENT_SECRET: 'secret',
        IMAGE_REGISTRY: 'registry.example.org',
        ORGANIZATION_FILE: organization,
        ...over,
      },
      logFile: join(folder, `${name}.log`),
      onLine: () => {},
    });
  };

  try {
    await step('a PostgreSQL server is there', () => postgres.start());
    const ports = [await freePort(), await freePort()];
    balancer.serve(ports);
    await step('two replicas start on one empty database', async () => {
      // The first makes the tables, as in a rollout.
      for (const [index, port] of ports.entries()) {
        const replica = launch(port, `replica-${index}`);
        replicas.push(replica);
        await ready(replica, port);
      }
    });

    let session;
    await step(
      'a person signs in at the OIDC provider, beginning at one replica and ending at the other',
      async () => {
        session = await signIn(balancer.url);
        assert.equal(
          session.identity.userEntityRef,
          'user:default/ada',
          JSON.stringify(session),
        );
      },
    );
    await step('either replica knows the person by that token', async () => {
      for (const port of ports) {
        const answer = await fetch(
          `http://127.0.0.1:${port}/api/catalog/entities/by-name/user/default/ada`,
          { headers: { authorization: `Bearer ${session.token}` } },
        );
        assert.equal(answer.status, 200);
      }
    });
    await step('either has the form, from the packed actions', async () => {
      for (const port of ports) {
        const answer = await fetch(
          `http://127.0.0.1:${port}/api/scaffolder/v2/templates/default/template/sportsbook-autoscaled-service/parameter-schema`,
          { headers: { authorization: `Bearer ${session.token}` } },
        );
        assert.equal(answer.status, 200);
      }
    });
    await step('without a token, and as a guest, nobody gets in', async () => {
      const [port] = ports;
      const url = `http://127.0.0.1:${port}`;
      const anonymous = await fetch(`${url}/api/catalog/entities`);
      assert.equal(anonymous.status, 401);
      const guest = await fetch(`${url}/api/auth/guest/refresh`, {
        method: 'POST',
      });
      assert.equal(guest.status, 404);
    });
    await step('the page is served, and asks for that sign-in', async () => {
      const page = await (await fetch(balancer.url)).text();
      assert.match(page, /"signIn":\s*\{\s*"provider":\s*"oidc"/);
    });
    await step('one goes on when the other is lost', async () => {
      replicas[0].stop('SIGKILL');
      await replicas[0].ended;
      balancer.serve([ports[1]]);
      const answer = await fetch(`${balancer.url}/api/catalog/entities`, {
        headers: { authorization: `Bearer ${session.token}` },
      });
      assert.equal(answer.status, 200);
    });
    await step('a configuration with guests is refused', async () => {
      const guest = launch(await freePort(), 'guest', {
        LISTEN_HOST: '0.0.0.0',
        APP_CONFIG_auth_providers_guest: '{}',
      });
      replicas.push(guest);
      const timeout = setTimeout(() => guest.stop('SIGKILL'), 60_000);
      const code = await guest.ended;
      clearTimeout(timeout);
      assert.equal(code, 1, `it ended with ${code}`);
      assert.match(guest.lastLines.join('\n'), /Guest sign-in is configured/);
    });
  } finally {
    for (const replica of replicas) {
      replica.stop('SIGKILL');
    }
    await Promise.all(replicas.map(replica => replica.ended));
    await balancer.close();
    await provider.close();
    await postgres.stop();
  }
}

async function ready(replica, port) {
  let over = false;
  replica.ended.then(() => (over = true));
  const deadline = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    const answer = await fetch(
      `http://127.0.0.1:${port}/.backstage/health/v1/readiness`,
    ).catch(() => undefined);
    if (answer?.ok) {
      return;
    }
    assert.ok(
      !over && Date.now() < deadline,
      `The replica is not ready:\n${replica.lastLines.join('\n')}`,
    );
    await sleep(500);
  }
}

async function freePort() {
  const server = createServer();
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise(done => server.close(done));
  return port;
}
