// Memory of a process and of all that it starts, from Linux's /proc.
import { readdirSync, readFileSync } from 'node:fs';

/** Follows the tree below a process. What was seen once belongs to it for good, also when its parent ends before it. */
export class ProcessTree {
  constructor(root) {
    /** Process id -> when it was started, so that an id that is given again is not mistaken. */
    this.members = new Map([[root, undefined]]);
  }

  /** Ids of the members that live now, new ones included. */
  living() {
    const processes = new Map(allProcesses().map((process) => [process.id, process]));
    for (const [id, started] of this.members) {
      const now = processes.get(id);
      if (!now || (started !== undefined && started !== now.started)) this.members.delete(id);
    }
    let grown = true;
    while (grown) {
      grown = false;
      for (const { id, parent, started } of processes.values()) {
        if (this.members.get(id) === undefined && (this.members.has(parent) || this.members.has(id))) {
          this.members.set(id, started);
          grown = true;
        }
      }
    }
    return [...this.members.keys()];
  }

  /** Sum of the resident memory of all members, in bytes; pages that several of them share count for each. */
  resident() {
    return sum(this.living().map((id) => kibibytes(`/proc/${id}/status`, /^VmRSS:\s+(\d+) kB/m)));
  }

  /** The same with shared pages counted once in all ("proportional set size"); slower to find out. */
  proportional() {
    return sum(this.living().map((id) => kibibytes(`/proc/${id}/smaps_rollup`, /^Pss:\s+(\d+) kB/m)));
  }
}

function allProcesses() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const text = readOrNothing(`/proc/${name}/stat`);
      // "12 (a name) S 1 ...": the name may hold anything, so fields count from the last bracket on.
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      return text === '' ? [] : [{ id: Number(name), parent: Number(fields[1]), started: fields[19] }];
    });
}

const kibibytes = (path, pattern) => Number(readOrNothing(path).match(pattern)?.[1] ?? 0) * 1024;
const sum = (values) => values.reduce((a, b) => a + b, 0);

/** A process may end between two looks. */
function readOrNothing(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
