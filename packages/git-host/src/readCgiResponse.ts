const MAX_HEAD_BYTES = 64 * 1024;

/** A CGI response (RFC 3875, section 6) whose body is still on its way. */
export type CgiResponse = {
  status: number;
  headers: [string, string][];
  body: AsyncIterable<Buffer>;
};

/**
 * Reads the head of what a CGI program writes and hands on the rest.
 *
 * @throws Error when the output ends, or grows past 64 KiB, within the head
 */
export async function readCgiResponse(
  output: AsyncIterable<Buffer>,
): Promise<CgiResponse> {
  const chunks = output[Symbol.asyncIterator]();
  let received = Buffer.alloc(0);
  for (;;) {
    const { done, value } = await chunks.next();
    if (done) {
      throw new Error('the CGI program ended before it answered');
    }
    received = Buffer.concat([received, value]);
    const text = received.toString('latin1');
    const end = /\r?\n\r?\n/.exec(text);
    if (end) {
      const first = received.subarray(end.index + end[0].length);
      return {
        ...parseHead(text.slice(0, end.index)),
        body: (async function* body() {
          yield first;
          yield* { [Symbol.asyncIterator]: () => chunks };
        })(),
      };
    }
    if (received.length > MAX_HEAD_BYTES) {
      throw new Error('the head of the CGI response is longer than 64 KiB');
    }
  }
}

function parseHead(head: string): Omit<CgiResponse, 'body'> {
  const headers = head.split(/\r?\n/).map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  const status = headers.find(([name]) => name.toLowerCase() === 'status');
  return {
    status: status ? Number.parseInt(status[1], 10) : 200,
    headers: headers.filter(header => header !== status),
  };
}
