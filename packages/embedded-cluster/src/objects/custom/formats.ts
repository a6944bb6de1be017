import { isIP, isIPv4, isIPv6 } from 'node:net';
import { fullFormats } from 'ajv-formats/dist/formats';
import type { Format } from 'ajv';

const DURATION =
  /^[+-]?(\d+(\.\d*)?|\.\d+)\s*(ns|us|µs|ms|s|m|h|d|w|nanos?|micros?|millis?|sec(ond)?s?|min(ute)?s?|hours?|hrs?|days?|weeks?)(\s*[+-]?(\d+(\.\d*)?|\.\d+)\s*(ns|us|µs|ms|s|m|h|d|w))*$|^0$/;

function isCidr(text: string): boolean {
  const [address, bits, ...rest] = text.split('/');
  return (
    rest.length === 0 &&
    /^\d+$/.test(bits ?? '') &&
    isIP(address) !== 0 &&
    Number(bits) <= (isIPv4(address) ? 32 : 128)
  );
}

const INT32 = 2 ** 31;
const FLOAT32 = 3.4028234663852886e38;

/**
 * Formats that the API server checks, as it reads them: a `duration` is one of
 * Go, not of ISO 8601. All others are ignored, as there.
 */
export const formats: Record<string, Format> = {
  'date-time': fullFormats['date-time'] ?? true,
  date: fullFormats.date ?? true,
  duration: (text: string) => DURATION.test(text),
  email: fullFormats.email ?? true,
  hostname: fullFormats.hostname ?? true,
  uri: fullFormats.uri ?? true,
  uuid: fullFormats.uuid ?? true,
  byte: fullFormats.byte ?? true,
  ipv4: (text: string) => isIPv4(text),
  ipv6: (text: string) => isIPv6(text),
  cidr: isCidr,
  mac: /^([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}$/,
  int32: {
    type: 'number',
    validate: (value: number) =>
      Number.isInteger(value) && value >= -INT32 && value < INT32,
  },
  int64: {
    type: 'number',
    validate: (value: number) => Number.isInteger(value),
  },
  float: {
    type: 'number',
    validate: (value: number) => Math.abs(value) <= FLOAT32,
  },
  double: true,
  password: true,
};
