// Serves a folder on the loopback address, below a base, as any static host would.
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** @returns {Promise<{ url: string, stop(): void }>} the address of the site, on a free port unless one is given */
export function serve(folder, base = '/', port = 0) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const name = normalize(path.slice(base.length - 1)).replace(/\/$/, '/index.html');
    const file = join(folder, name);
    const found =
      path.startsWith(base) && file.startsWith(folder) && statSync(file, { throwIfNoEntry: false })?.isFile();
    response.writeHead(found ? 200 : 404, {
      'content-type': TYPES[extname(found ? file : '.html')] ?? 'application/octet-stream',
    });
    createReadStream(found ? file : join(folder, '404.html')).pipe(response);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => {
      const url = `http://127.0.0.1:${server.address().port}${base}`;
      resolve({ url, stop: () => (server.close(), server.closeAllConnections()) });
    });
  });
}
