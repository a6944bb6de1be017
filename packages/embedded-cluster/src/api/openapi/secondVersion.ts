const PROTOBUF =
  'application/com.github.proto-openapi.spec.v2.v1.0+protobuf' as const;

/**
 * OpenAPI v2 document that describes nothing: everything is in v3. kubectl
 * still asks for it about kinds that it does not find there, and takes any
 * other answer for a broken server.
 *
 * @param version - `info.version`
 */
export function secondVersion(
  version: string,
  accept: string | undefined,
): { body: Buffer; contentType: string } {
  const title = 'Kubernetes';
  if (/proto-openapi\.spec\.v2/.test(accept ?? '')) {
    // Fields `swagger`, `info` and `paths` of gnostic's openapi.v2.Document.
    return {
      contentType: PROTOBUF,
      body: Buffer.concat([
        field(1, Buffer.from('2.0')),
        field(
          2,
          Buffer.concat([
            field(1, Buffer.from(title)),
            field(2, Buffer.from(version)),
          ]),
        ),
        field(8, Buffer.alloc(0)),
      ]),
    };
  }
  return {
    contentType: 'application/json',
    body: Buffer.from(
      JSON.stringify({ swagger: '2.0', info: { title, version }, paths: {} }),
    ),
  };
}

/** A field of bytes, shorter than 128 of them. */
function field(number: number, value: Buffer): Buffer {
  const LENGTH_DELIMITED = 2;
  return Buffer.concat([
    Buffer.from([number * 8 + LENGTH_DELIMITED, value.length]),
    value,
  ]);
}
