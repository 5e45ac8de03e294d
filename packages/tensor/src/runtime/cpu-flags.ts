import { readFileSync } from 'node:fs';

let known: ReadonlySet<string> | undefined;

/** What instructions the CPU has, by Linux's names; empty where the system does not say. */
export function cpuFlags(): ReadonlySet<string> {
  if (known) return known;
  try {
    const flags = /^flags\s*:\s*(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1];
    known = new Set(flags?.split(' '));
  } catch {
    known = new Set();
  }
  return known;
}
