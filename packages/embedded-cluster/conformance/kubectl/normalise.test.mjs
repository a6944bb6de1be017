import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeDifference } from './describeDifference.mjs';
import { normalise } from './normalise.mjs';

const CLUSTER = {
  nodeName: 'embedded',
  nodeAddress: '127.0.0.1',
  server: 'https://127.0.0.1:40789',
  user: 'embedded-admin',
};

function clean(stdout, { accepted = [], step = {} } = {}) {
  return normalise(
    { stdout, stderr: '', exitCode: 0 },
    { cluster: CLUSTER, step, accepted },
  ).stdout;
}

describe('normalise', () => {
  it('gives a table of two moments one form', () => {
    assert.equal(
      clean('odds-7d9c5b8f6d-x2x4z   1/1   Running   0     9s    10.42.0.7'),
      clean(
        'odds-86dc9558d7-ghrhn   1/1   Running   0     2m11s   10.244.0.117',
      ),
    );
  });

  it('keeps what a reader would miss: counts, states, quantities and names', () => {
    const text = 'odds  1/2  Running  3  32Mi  odds-api\ncpu:  100m\ndelay=0s';
    assert.equal(clean(text), text);
  });

  it('calls node, server and administrator by what they are', () => {
    assert.equal(
      clean('embedded/127.0.0.1 at https://127.0.0.1:40789 as embedded-admin'),
      '<node>/<ip> at <server> as <admin>',
    );
  });

  it('takes out what is accepted, and sorts lines only where a step asks for it', () => {
    assert.equal(
      clean('b\na+\n', {
        accepted: [{ pattern: /\+/, replacement: '' }],
        step: { anyOrder: true },
      }),
      '\na\nb',
    );
  });
});

describe('describeDifference', () => {
  const run = (stdout, exitCode = 0) => ({ stdout, stderr: '', exitCode });

  it('finds none between equal runs', () => {
    assert.equal(describeDifference(run('a\n'), run('a\n')), undefined);
  });

  it('shows the reference with - and the other with +, and the lines around', () => {
    assert.equal(
      describeDifference(run('1\n2\n3\n4\n5\n6'), run('1\n2\n3\n4\nfive\n6')),
      '@@ stdout\n 3\n 4\n-5\n+five\n 6',
    );
  });

  it('counts another exit code as a difference', () => {
    assert.equal(
      describeDifference(run('a', 0), run('a', 1)),
      '-exit code 0\n+exit code 1',
    );
  });
});
