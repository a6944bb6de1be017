import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import type { StatusError } from '../../model/StatusError';

const compress = promisify(gzip);

/** Shorter answers are not worth the time that packing takes. */
const COMPRESSED_FROM_BYTES = 128 * 1024;

export interface Answer {
  code: number;
  body: string | Buffer;
  /** Default `application/json`. */
  contentType?: string;
  headers?: Record<string, string>;
  warnings?: readonly string[];
}

interface Ends {
  request: IncomingMessage;
  response: ServerResponse;
}

/** Headers that every answer has. */
export function commonHeaders(): Record<string, string> {
  return { 'Audit-Id': randomUUID(), 'Cache-Control': 'no-cache, private' };
}

/** Sends a whole answer, packed where the client takes it and it is long. */
export async function send(
  { request, response }: Ends,
  answer: Answer,
): Promise<void> {
  // A text goes out together with the headers, bytes in a record of their own.
  let { body } = answer;
  let bytes = Buffer.byteLength(body);
  const headers: Record<string, string | string[]> = {
    ...commonHeaders(),
    'Content-Type': answer.contentType ?? 'application/json',
    ...answer.headers,
  };
  if (answer.warnings?.length) {
    headers.Warning = answer.warnings.map(warningHeader);
  }
  if (
    bytes > COMPRESSED_FROM_BYTES &&
    acceptsGzip(request.headers['accept-encoding'])
  ) {
    body = await compress(body, { level: 1 });
    bytes = body.length;
    headers['Content-Encoding'] = 'gzip';
    headers.Vary = 'Accept-Encoding';
  }
  headers['Content-Length'] = String(bytes);
  response.writeHead(answer.code, headers);
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** People who look with a browser or curl get lines; programs get bytes. */
export function toJson(request: IncomingMessage, value: unknown): string {
  return isPretty(request)
    ? JSON.stringify(value, undefined, 2)
    : `${JSON.stringify(value)}\n`;
}

function isPretty({ headers, url = '' }: IncomingMessage): boolean {
  const asked = /[?&]pretty=([^&]*)/.exec(url)?.[1];
  return asked === undefined
    ? /^(curl|Wget|Mozilla\/5\.0)/.test(headers['user-agent'] ?? '')
    : asked === '1' || asked === 'true';
}

export async function sendStatusError(
  ends: Ends,
  error: StatusError,
  warnings?: readonly string[],
): Promise<void> {
  const seconds = error.details?.retryAfterSeconds;
  await send(ends, {
    code: error.code,
    body: toJson(ends.request, error.toStatus()),
    ...(seconds === undefined
      ? {}
      : { headers: { 'Retry-After': String(seconds) } }),
    ...(warnings === undefined ? {} : { warnings }),
  });
}

/** What is no path of any API. */
export async function sendNotFoundText(ends: Ends): Promise<void> {
  await send(ends, {
    code: 404,
    body: '404 page not found\n',
    contentType: 'text/plain; charset=utf-8',
    headers: { 'X-Content-Type-Options': 'nosniff' },
  });
}

function acceptsGzip(header: string | string[] | undefined): boolean {
  return /(^|[,\s])gzip(\s*$|\s*,|\s*;\s*q=(1|0\.[0-9]*[1-9]))/.test(
    String(header ?? ''),
  );
}

/** `299 - "text"`; a header is one line of latin letters. */
function warningHeader(text: string): string {
  const plain = text.replace(/[^\x20-\x7e]+/g, ' ').slice(0, 1024);
  return `299 - "${plain.replace(/(["\\])/g, '\\$1')}"`;
}
