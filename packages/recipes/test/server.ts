import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server does with the n-th request (from 0) for the one file that it has. */
export interface Behaviour {
  /** After so many bytes of the body the connection breaks; never without it. */
  readonly cutAfter?: (request: number) => number | undefined;
  readonly ranges?: boolean;
  readonly etag?: (request: number) => string | undefined;
  readonly status?: (request: number) => number | undefined;
  /** Says nothing at all. */
  readonly silent?: boolean;
}

export interface TestServer {
  readonly url: string;
  /** `Range` of each request so far. */
  readonly ranges: (string | undefined)[];
  close(): void;
}

/** A server on the loopback interface that has one file. */
export async function serve(path: string, body: Buffer, behaviour: Behaviour = {}): Promise<TestServer> {
  const { cutAfter, ranges = true, etag = () => '"one"', status, silent } = behaviour;
  const asked: (string | undefined)[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const index = asked.push(request.headers.range) - 1;
    if (silent) return;
    const refused = status?.(index);
    if (refused !== undefined) {
      response.writeHead(refused).end('no');
      return;
    }
    const tag = etag(index);
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    const same = request.headers['if-range'] === undefined || request.headers['if-range'] === tag;
    const begin = ranges && range && same ? Number(range[1]) : 0;
    const part = body.subarray(begin);
    response.writeHead(begin > 0 ? 206 : 200, {
      'content-length': part.length,
      ...(tag && { etag: tag }),
      ...(begin > 0 && { 'content-range': `bytes ${begin}-${body.length - 1}/${body.length}` }),
    });
    const cut = cutAfter?.(index);
    if (cut === undefined) response.end(part);
    else response.write(part.subarray(0, cut), () => setTimeout(() => response.destroy(), 150));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/${path}`,
    ranges: asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
