import { spawn } from 'node:child_process';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { gitEnvironment } from './gitEnvironment';
import { readCgiResponse } from './readCgiResponse';

/** A request of git's smart HTTP protocol, already checked. */
export type SmartHttpCall = {
  /** Folder under which `pathInfo` lies. */
  projectRoot: string;
  /** `/<owner>/<name>.git/info/refs`, or the name of a service at its end. */
  pathInfo: string;
  /** Content of the query string, without `?`. */
  query: string;
  /** Set for a request that proved who it is; git allows a push only then. */
  user?: string;
};

/**
 * Answers one request with `git http-backend`, streaming both ways. Rejects
 * when git or the connection fails; the response is destroyed then.
 */
export async function serveSmartHttp(options: {
  call: SmartHttpCall;
  req: Request;
  res: Response;
  /** Runs when git is done, before the caller sees the end of the answer. */
  beforeEnd?: () => Promise<void>;
  signal?: AbortSignal;
}): Promise<void> {
  const { call, req, res, beforeEnd, signal } = options;
  const child = spawn('git', ['http-backend'], {
    cwd: call.projectRoot,
    env: { ...gitEnvironment(), ...cgiEnvironment(call, req) },
    stdio: ['pipe', 'pipe', 'ignore'],
    signal,
  });
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  // A caller that hangs up must not leave git waiting for the rest.
  res.once('close', () => child.kill());

  const answer = async () => {
    const { status, headers, body } = await readCgiResponse(child.stdout);
    res.status(status);
    for (const [name, value] of headers) {
      res.setHeader(name, value);
    }
    await pipeline(async function* wholeAnswer() {
      yield* body;
      await beforeEnd?.();
    }, res);
  };
  const ask = pipeline(req, child.stdin).catch(error => {
    // git may have answered (a refused push) without reading to the end.
    if (error.code !== 'EPIPE' && !res.writableEnded) {
      throw error;
    }
  });
  try {
    await Promise.race([Promise.all([answer(), ask]), failed]);
  } catch (error) {
    child.kill();
    res.destroy();
    throw error;
  }
}

function cgiEnvironment(call: SmartHttpCall, req: Request): NodeJS.ProcessEnv {
  return {
    GIT_PROJECT_ROOT: call.projectRoot,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: call.pathInfo,
    QUERY_STRING: call.query,
    REQUEST_METHOD: req.method,
    CONTENT_TYPE: req.get('content-type') ?? '',
    ...optional('CONTENT_LENGTH', req.get('content-length')),
    ...optional('HTTP_CONTENT_ENCODING', req.get('content-encoding')),
    ...optional('GIT_PROTOCOL', req.get('git-protocol')),
    ...optional('REMOTE_USER', call.user),
    REMOTE_ADDR: req.socket.remoteAddress ?? '',
  };
}

function optional(name: string, value: string | undefined) {
  return value === undefined ? {} : { [name]: value };
}
