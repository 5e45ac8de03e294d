import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mdctr } from '../support/command.js';
import { write } from '../recipes/layouts/layout.js';
import { artifactCases } from './artifact-cases.js';
import { common, train } from './case.js';
import { runCases } from './run-cases.js';

const folder = write(mkdtempSync(join(tmpdir(), 'mdctr-messages-')), common);
const { code, stderr } = mdctr(train, { cwd: folder });
if (code !== 0) throw new Error(stderr);
const trained = join(folder, 'model');

runCases('artifacts and files', artifactCases(trained), (place) =>
  cpSync(trained, join(place, 'model'), { recursive: true }),
);
