import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { StudyStopped, type TrialProgress } from '../run/executor.js';
import type { FromWorker, Requests, ToWorker } from './messages.js';
import { unpackError } from './packed-error.js';

/** How much of what a process wrote last is kept for the reason of a crash. */
const TAIL = 4000;

/** A process of a study ended by itself, or was ended. */
export class WorkerEnded extends Error {
  constructor(
    readonly exit: number | null,
    readonly signal: NodeJS.Signals | null,
    /** The end of what it wrote. */
    readonly output: string,
  ) {
    super(`The process of a trial ended: ${signal ?? `code ${exit}`}.`);
  }
}

export interface WorkerOptions {
  /** Threads that TensorFlow's ops and our own compute with. */
  readonly threads: number;
  /** What the process writes. */
  readonly onOutput: (text: string) => void;
}

/** A process that runs trials (worker.ts), one request at a time. */
export class WorkerProcess {
  private readonly child: ChildProcess;
  private output = '';
  private models = 0;
  private pending:
    | {
        resolve: (value: unknown) => void;
        reject: (error: Error) => void;
        onProgress: (progress: TrialProgress) => void;
      }
    | undefined;
  private ended: WorkerEnded | undefined;
  /** Resolves when the process is gone. */
  readonly gone: Promise<void>;

  constructor({ threads, onOutput }: WorkerOptions) {
    const env = { ...process.env, TF_NUM_INTRAOP_THREADS: String(threads) };
    this.child = fork(fileURLToPath(new URL('worker.js', import.meta.url)), {
      env,
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.on('data', (chunk: Buffer) => {
        this.output = (this.output + chunk.toString()).slice(-TAIL);
        onOutput(chunk.toString());
      });
    }
    this.child.on('message', (message: FromWorker) => this.receive(message));
    const output = [this.child.stdout!, this.child.stderr!].map((stream) => once(stream, 'close'));
    this.gone = new Promise((resolve) => {
      // Not `close`, which never comes after `disconnect`.
      this.child.once('exit', (code, signal) => {
        void Promise.all(output).then(() => {
          this.ended = new WorkerEnded(code, signal, this.output);
          this.settle()?.reject(this.ended);
          resolve();
        });
      });
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Whether it has built more models than the one it has now. */
  get used(): boolean {
    return this.models > 1;
  }

  get alive(): boolean {
    return this.ended === undefined;
  }

  /** @throws WorkerEnded, StudyStopped, and what the request throws in the process. */
  request<K extends keyof Requests>(
    kind: K,
    ask: Requests[K]['ask'],
    onProgress: (progress: TrialProgress) => void = () => undefined,
  ): Promise<Requests[K]['answer']> {
    if (this.ended) return Promise.reject(this.ended);
    this.output = '';
    if (kind === 'run' || kind === 'estimate') this.models++;
    return new Promise((resolve, reject) => {
      this.pending = { resolve: resolve as (value: unknown) => void, reject, onProgress };
      this.send({ kind, ...ask } as ToWorker);
    });
  }

  /** Asks a training to write its checkpoint and end. */
  stop(): void {
    this.send({ kind: 'stop' });
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  /** Lets the process end: it does so when its parent hangs up. */
  async end(): Promise<void> {
    if (this.child.connected) this.child.disconnect();
    await this.gone;
  }

  private send(message: ToWorker): void {
    // A process that is just ending takes no more messages; `close` says so.
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  private receive(message: FromWorker): void {
    if (message.kind === 'answer') this.settle()?.resolve(message.value);
    else if (message.kind === 'error') this.settle()?.reject(unpackError(message.error));
    else if (message.kind === 'stopped') this.settle()?.reject(new StudyStopped());
    else this.pending?.onProgress(message);
  }

  private settle(): NonNullable<typeof this.pending> | undefined {
    const { pending } = this;
    this.pending = undefined;
    return pending;
  }
}
