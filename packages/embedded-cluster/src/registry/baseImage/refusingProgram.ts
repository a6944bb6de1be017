interface Instructions {
  /** `e_machine` of the ELF header. */
  machine: number;
  sizeBytes: number;
  /** write(2, text, length), then exit(1); the text follows the instructions. */
  encode(lengthBytes: number): Buffer;
}

const AMD64_SIZE_BYTES = 36;
const ARM64_SIZE_BYTES = 32;

const INSTRUCTIONS: Readonly<Record<string, Instructions>> = {
  amd64: {
    machine: 0x3e,
    sizeBytes: AMD64_SIZE_BYTES,
    encode(lengthBytes) {
      const code = Buffer.alloc(AMD64_SIZE_BYTES);
      let at = 0;
      const emit = (bytes: number[], operand: number) => {
        at += Buffer.from(bytes).copy(code, at);
        at = code.writeInt32LE(operand, at);
      };
      emit([0xb8], 1); // mov eax, 1 (write)
      emit([0xbf], 2); // mov edi, 2
      // lea rsi, [rip + rest of the code]
      emit([0x48, 0x8d, 0x35], AMD64_SIZE_BYTES - 17);
      emit([0xba], lengthBytes); // mov edx, length
      at += Buffer.from([0x0f, 0x05]).copy(code, at); // syscall
      emit([0xb8], 60); // mov eax, 60 (exit)
      emit([0xbf], 1); // mov edi, 1
      Buffer.from([0x0f, 0x05]).copy(code, at); // syscall
      return code;
    },
  },
  arm64: {
    machine: 0xb7,
    sizeBytes: ARM64_SIZE_BYTES,
    encode(lengthBytes) {
      const move = (register: number, value: number) =>
        // eslint-disable-next-line no-bitwise
        (0xd2800000 | (value << 5) | register) >>> 0;
      const offset = ARM64_SIZE_BYTES - 4;
      const words = [
        move(0, 2),
        // adr x1, text: the offset is from this instruction, a multiple of four.
        // eslint-disable-next-line no-bitwise
        (0x10000000 | ((offset >> 2) << 5) | 1) >>> 0,
        move(2, lengthBytes),
        move(8, 64), // write
        0xd4000001, // svc 0
        move(0, 1),
        move(8, 93), // exit
        0xd4000001,
      ];
      const code = Buffer.alloc(ARM64_SIZE_BYTES);
      words.forEach((word, index) => code.writeUInt32LE(word, index * 4));
      return code;
    },
  },
};

const HEADER_BYTES = 64;
const PROGRAM_HEADER_BYTES = 56;
const LOADED_AT = 0x400000;

/** A static 64-bit little-endian executable of one segment. */
function elf(instructions: Instructions, text: Buffer): Buffer {
  const code = instructions.encode(text.length);
  const start = HEADER_BYTES + PROGRAM_HEADER_BYTES;
  const sizeBytes = start + code.length + text.length;
  const head = Buffer.alloc(start);
  Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]).copy(head);
  head.writeUInt16LE(2, 16); // executable
  head.writeUInt16LE(instructions.machine, 18);
  head.writeUInt32LE(1, 20);
  head.writeBigUInt64LE(BigInt(LOADED_AT + start), 24); // entry
  head.writeBigUInt64LE(BigInt(HEADER_BYTES), 32); // program headers
  head.writeUInt16LE(HEADER_BYTES, 52);
  head.writeUInt16LE(PROGRAM_HEADER_BYTES, 54);
  head.writeUInt16LE(1, 56);

  head.writeUInt32LE(1, HEADER_BYTES); // to be loaded
  head.writeUInt32LE(5, HEADER_BYTES + 4); // readable and executable
  head.writeBigUInt64LE(BigInt(LOADED_AT), HEADER_BYTES + 16);
  head.writeBigUInt64LE(BigInt(LOADED_AT), HEADER_BYTES + 24);
  head.writeBigUInt64LE(BigInt(sizeBytes), HEADER_BYTES + 32);
  head.writeBigUInt64LE(BigInt(sizeBytes), HEADER_BYTES + 40);
  head.writeBigUInt64LE(0x10000n, HEADER_BYTES + 48);
  return Buffer.concat([head, code, text]);
}

/**
 * The `node` of an image that has none: an executable that prints why, and ends
 * with 1. Run elsewhere, the image has no shell either, so that a script could
 * not say anything; this is a static Linux program of a few hundred bytes.
 */
export function refusingProgram(architecture: string, message: string): Buffer {
  const text = Buffer.from(`${message}\n`);
  const instructions = INSTRUCTIONS[architecture];
  return instructions === undefined
    ? Buffer.from(
        `#!/bin/sh\necho '${message.replaceAll("'", '’')}' >&2\nexit 1\n`,
      )
    : elf(instructions, text);
}
