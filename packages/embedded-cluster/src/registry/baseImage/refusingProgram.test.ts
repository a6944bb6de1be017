import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refusingProgram } from './refusingProgram';

const NAMES: Record<string, string> = { x64: 'amd64', arm64: 'arm64' };
const own = process.platform === 'linux' ? NAMES[process.arch] : undefined;

function run(program: Buffer) {
  const directory = mkdtempSync(join(tmpdir(), 'refusing-'));
  try {
    const file = join(directory, 'node');
    writeFileSync(file, program, { mode: 0o755 });
    return spawnSync(file, ['--version'], { encoding: 'utf8', env: {} });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

describe('refusingProgram', () => {
  it('says why, and fails', () => {
    const { status, stderr, stdout } = run(
      refusingProgram(own ?? 'other', 'It runs elsewhere.'),
    );

    expect({ status, stderr, stdout }).toEqual({
      status: 1,
      stderr: 'It runs elsewhere.\n',
      stdout: '',
    });
  });

  it('is a script where no program is known for the machine', () => {
    const { status, stderr } = run(
      refusingProgram('riscv64', 'It isn’t here.'),
    );

    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'It isn’t here.\n',
    });
  });

  it('is an executable of each architecture it knows', () => {
    const machine = (architecture: string) =>
      refusingProgram(architecture, 'x').readUInt16LE(18);

    expect([machine('amd64'), machine('arm64')]).toEqual([0x3e, 0xb7]);
    // adr x1, text; the text follows eight instructions.
    const arm64 = refusingProgram('arm64', 'x');
    expect(arm64.readUInt32LE(124)).toBe(0x100000e1);
    expect(arm64.subarray(152).toString()).toBe('x\n');
  });
});
