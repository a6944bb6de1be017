import { replicaHistoryQuery } from './replicaHistoryQuery';

describe('replicaHistoryQuery', () => {
  it('counts the answering targets of the service', () => {
    expect(
      replicaHistoryQuery({ namespace: 'betting', service: 'odds-api' }),
    ).toBe('count(up{namespace="betting",job="odds-api"} == 1)');
  });

  it('escapes values that would end the selector', () => {
    expect(
      replicaHistoryQuery({ namespace: 'betting', service: 'a"} or up{b="' }),
    ).toBe('count(up{namespace="betting",job="a\\"} or up{b=\\""} == 1)');
  });
});
