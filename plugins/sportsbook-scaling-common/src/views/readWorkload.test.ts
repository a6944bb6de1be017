import { readFixture } from '../__testUtils__/fixtures';
import { object } from '../__testUtils__/object';
import { readWorkload } from './readWorkload';

describe('readWorkload', () => {
  it('reads replicas and image of a recorded Deployment', () => {
    expect(readWorkload(readFixture('load/t063.deployment.json'))).toEqual({
      kind: 'Deployment',
      name: 'sb-api',
      desiredReplicas: 3,
      readyReplicas: 2,
      updatedReplicas: 3,
      image: 'node:22-slim',
    });
  });

  it('counts what is not reported as 0', () => {
    expect(readWorkload(object('apps/v1', 'Deployment'))).toEqual({
      kind: 'Deployment',
      name: 'odds-api',
      desiredReplicas: 1,
      readyReplicas: 0,
      updatedReplicas: 0,
    });
  });
});
