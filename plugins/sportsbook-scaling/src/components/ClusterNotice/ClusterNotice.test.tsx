import { TestApiProvider } from '@backstage/frontend-test-utils';
import type { KubernetesApi } from '@backstage/plugin-kubernetes-react';
import { kubernetesApiRef } from '@backstage/plugin-kubernetes-react';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ClusterNotice } from './ClusterNotice';

type GetClusters = KubernetesApi['getClusters'];

/** Renders it, and resolves once the clusters' answer has been taken in. */
async function show(getClusters: GetClusters) {
  let answered: () => void = () => {};
  const answer = new Promise<void>(resolve => {
    answered = resolve;
  });
  const view = render(
    <TestApiProvider
      apis={[
        [
          kubernetesApiRef,
          {
            getClusters: async () => {
              try {
                return await getClusters();
              } finally {
                setTimeout(answered, 50);
              }
            },
          },
        ],
      ]}
    >
      <ClusterNotice />
    </TestApiProvider>,
  );
  await answer;
  return view;
}

describe('ClusterNotice', () => {
  afterEach(() => window.sessionStorage.clear());

  it('says how to name a cluster where there is none', async () => {
    await show(async () => []);
    expect(await screen.findByRole('status')).toHaveTextContent(
      /knows no cluster yet.*npm start -- --cluster <context>/,
    );
  });

  it('takes a kubernetes backend without config for one without clusters', async () => {
    await show(async () => {
      throw new Error('Could not find the Kubernetes Backend (HTTP 404).');
    });
    expect(await screen.findByRole('status')).toBeInTheDocument();
  });

  it('says nothing where a cluster is known', async () => {
    const { container } = await show(async () => [
      { name: 'dev', authProvider: 'serviceAccount' },
    ]);
    expect(container).toBeEmptyDOMElement();
  });

  it('says that services run in the embedded cluster where it is the only one', async () => {
    const embedded = {
      name: 'mine',
      title: 'Embedded cluster',
      authProvider: 'localKubectlProxy',
    };
    await show(async () => [embedded]);
    expect(await screen.findByRole('status')).toHaveTextContent(
      /embedded cluster.*for trying out.*npm start -- --cluster <context>/,
    );
  });

  it('says nothing of it beside another cluster', async () => {
    const { container } = await show(async () => [
      {
        name: 'embedded',
        title: 'Embedded cluster',
        authProvider: 'localKubectlProxy',
      },
      { name: 'dev', authProvider: 'serviceAccount' },
    ]);
    expect(container).toBeEmptyDOMElement();
  });

  it('does not take a failed question for a missing cluster', async () => {
    const { container } = await show(async () => {
      throw new Error('Request failed with 500');
    });
    expect(container).toBeEmptyDOMElement();
  });

  it('stays closed for the session once it was closed', async () => {
    const { container, unmount } = await show(async () => []);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Dismiss' }),
    );
    expect(container).toBeEmptyDOMElement();
    unmount();
    const again = await show(async () => []);
    expect(again.container).toBeEmptyDOMElement();
  });
});
