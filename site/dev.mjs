// Serves the site on the loopback address, and again what changes in the documents.
import { watch } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'vitepress';
import { root, site, stage } from './stage.mjs';

await stage();
const server = await createServer(site, { host: '127.0.0.1' });
await server.listen();
server.printUrls();

let timer;
const again = () => {
  clearTimeout(timer);
  timer = setTimeout(() => stage({ api: false }).catch(({ message }) => console.error(message)), 200);
};
for (const name of ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md']) watch(join(root, name), again);
for (const name of ['docs', 'examples']) watch(join(root, name), { recursive: true }, again);
