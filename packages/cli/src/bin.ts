#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { tunedEnvironment } from './allocator.js';

// The allocator reads its settings when a process starts, so they take a process of their own.
const environment = tunedEnvironment();
if (environment) {
  const { status, signal } = spawnSync(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: environment,
  });
  if (signal) process.kill(process.pid, signal);
  process.exitCode = status ?? 1;
} else {
  const { main } = await import('./main.js');
  process.exitCode = await main(process.argv);
}
