#!/usr/bin/env node
import { tunedEnvironment } from './process/allocator.js';
import { explainInterrupt } from './process/interrupt.js';
import { main } from './main.js';
import { endWithParent, respawn } from './process/respawn.js';

/** Commands that compute; the allocator reads its settings when a process starts, so they take a process of their own. */
const COMPUTING = ['bench', 'train', 'profile', 'predict', 'doctor'];

const environment = COMPUTING.includes(process.argv[2] ?? '') ? tunedEnvironment() : undefined;
if (environment) respawn(environment);
else {
  endWithParent();
  explainInterrupt(process.argv[2]);
  endWithReader();
  process.exitCode = await main(process.argv);
}

/** Who reads our output may stop early (`mdctr list | head`); nothing is wrong then. */
function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}
