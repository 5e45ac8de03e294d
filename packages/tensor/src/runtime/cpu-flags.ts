import { readFileSync } from 'node:fs';

let known: { readonly flags: ReadonlySet<string>; readonly vendor: string } | undefined;

/** What instructions the CPU has, by Linux's names; empty where the system does not say. */
export const cpuFlags = (): ReadonlySet<string> => cpu().flags;

/** Who made the CPU, e.g. `GenuineIntel` or `AuthenticAMD`; empty where the system does not say. */
export const cpuVendor = (): string => cpu().vendor;

function cpu(): NonNullable<typeof known> {
  if (known) return known;
  let facts = '';
  try {
    facts = readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    // Not on Linux.
  }
  const line = (name: string): string => new RegExp(`^${name}\\s*:\\s*(.*)$`, 'm').exec(facts)?.[1] ?? '';
  known = { flags: new Set(line('flags').split(' ').filter(Boolean)), vendor: line('vendor_id') };
  return known;
}
