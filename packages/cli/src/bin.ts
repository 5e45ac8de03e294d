#!/usr/bin/env node
import { tunedEnvironment } from './allocator.js';
import { explainInterrupt } from './interrupt.js';
import { main } from './main.js';
import { endWithParent, respawn } from './respawn.js';

/** Commands that compute; the allocator reads its settings when a process starts, so they take a process of their own. */
const COMPUTING = ['bench', 'train', 'predict', 'doctor'];

const environment = COMPUTING.includes(process.argv[2] ?? '') ? tunedEnvironment() : undefined;
if (environment) respawn(environment);
else {
  endWithParent();
  explainInterrupt(process.argv[2]);
  process.exitCode = await main(process.argv);
}
