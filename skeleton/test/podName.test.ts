import { hostname } from 'node:os';
import { podName } from '../src/podName';

describe('the name in the greeting', () => {
  it('is the pod’s', () => {
    expect(podName({ POD_NAME: 'odds-7d9c-x2x4z' })).toBe('odds-7d9c-x2x4z');
  });

  it('is the machine’s where there is no pod', () => {
    expect(podName({})).toBe(hostname());
  });
});
