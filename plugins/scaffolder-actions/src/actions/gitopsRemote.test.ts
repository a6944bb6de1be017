import { InputError } from '@backstage/errors';
import { integrationsWith } from '../__testUtils__/deliverySettings';
import { gitopsRemote } from './gitopsRemote';

const integrations = integrationsWith();

describe('gitopsRemote', () => {
  it.each([
    [
      'github.com?owner=platform&repo=fleet',
      'https://github.com/platform/fleet.git',
      'x-access-token',
      'of-github',
      'https://github.com/platform/fleet/compare/main...deliver-a.b?expand=1',
    ],
    [
      'gitlab.example.com?owner=group/platform&repo=fleet',
      'https://gitlab.example.com/group/platform/fleet.git',
      'oauth2',
      'of-gitlab',
      'https://gitlab.example.com/group/platform/fleet/-/merge_requests/new?merge_request%5Bsource_branch%5D=deliver-a.b&merge_request%5Btarget_branch%5D=main',
    ],
    [
      'gitea.example.com?owner=platform&repo=fleet',
      'http://gitea.example.com/platform/fleet.git',
      'backstage',
      'pass',
      'http://gitea.example.com/platform/fleet/compare/main...deliver-a.b',
    ],
    [
      'bitbucket.org?workspace=platform&project=P&repo=fleet',
      'https://bitbucket.org/platform/fleet.git',
      'me',
      'of-bitbucket',
      'https://bitbucket.org/platform/fleet/pull-requests/new?source=deliver-a.b&dest=main',
    ],
    [
      'bitbucket.example.com?project=PLAT&repo=fleet',
      'https://bitbucket.example.com/scm/PLAT/fleet.git',
      'me',
      'of-server',
      'https://bitbucket.example.com/projects/PLAT/repos/fleet/pull-requests?create=&sourceBranch=refs%2Fheads%2Fdeliver-a.b&targetBranch=refs%2Fheads%2Fmain',
    ],
  ])(
    'pushes for %s where its integration says, with its account',
    async (repoUrl, cloneUrl, username, password, comparePage) => {
      const remote = await gitopsRemote(integrations, repoUrl);
      expect(remote).toMatchObject({ cloneUrl, auth: { username, password } });
      expect(remote.comparePage('main', 'deliver-a.b')).toBe(comparePage);
    },
  );

  it('names the hosts that it can push to, for one of another type', async () => {
    const refused = gitopsRemote(
      integrations,
      'dev.azure.com?organization=o&project=p&repo=fleet',
    );
    await expect(refused).rejects.toThrow(InputError);
    await expect(refused).rejects.toThrow(/github, gitlab, gitea/);
  });
});
