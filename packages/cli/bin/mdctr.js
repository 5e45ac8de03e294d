#!/usr/bin/env node
// Stands here before anything is built, so that package managers can link it in a checkout.
import { existsSync } from 'node:fs';

const command = new URL('../dist/bin.js', import.meta.url);
if (existsSync(command)) {
  await import(command.href);
} else {
  console.error('mdctr is not built here. Run: npx -y pnpm@10 build');
  process.exitCode = 2;
}
