import { clusterDetails } from './clusterDetails';

const embedded = {
  name: 'embedded',
  cluster: {
    name: 'sportsbook-scaling-embedded-cluster',
    server: 'https://127.0.0.1:1',
    skipTLSVerify: false,
  },
  user: { name: 'embedded-admin' },
};

describe('clusterDetails', () => {
  it('gives the embedded cluster a title, whatever its context is called', () => {
    expect(
      clusterDetails(
        { ...embedded, name: 'mine' },
        { NODE_ENV: 'development' },
      ),
    ).toMatchObject({ name: 'mine', title: 'Embedded cluster' });
    expect(
      clusterDetails(
        { ...embedded, cluster: { ...embedded.cluster, name: 'dev' } },
        { NODE_ENV: 'production' },
      ),
    ).not.toHaveProperty('title');
  });

  it('refuses the embedded cluster in production', () => {
    expect(() => clusterDetails(embedded, { NODE_ENV: 'production' })).toThrow(
      /Context 'embedded' .* is the embedded cluster, which is for trying out/,
    );
  });
});
