import { maxReplicasProblem } from './maxReplicasProblem';

describe('maxReplicasProblem', () => {
  it('allows a maximum at or above the minimum', () => {
    expect(maxReplicasProblem(2, 2)).toBeUndefined();
    expect(maxReplicasProblem(10, 2)).toBeUndefined();
  });

  it('refuses a maximum below the minimum', () => {
    expect(maxReplicasProblem(3, 4)).toBe(
      'Must not be below the minimum of 4 replicas.',
    );
  });

  it.each([0, 501])('refuses %d, which is outside the limits', max => {
    expect(maxReplicasProblem(max, 1)).toBe(
      'Must be between 1 and 500 replicas.',
    );
  });

  it('refuses parts of a replica', () => {
    expect(maxReplicasProblem(2.5, 1)).toBe(
      'Must be a whole number of replicas.',
    );
  });
});
