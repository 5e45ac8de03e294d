import { watch } from 'chokidar';

/** Watches single files, which may become more; one that is not there yet counts when it appears. */
export class FileWatch {
  private readonly watcher;
  private readonly readied: Promise<void>;

  constructor(files: readonly string[], onSave: (file: string) => void) {
    this.watcher = watch([...files], { ignoreInitial: true });
    this.readied = new Promise((resolve) => this.watcher.once('ready', () => resolve()));
    for (const event of ['add', 'change', 'unlink'] as const) this.watcher.on(event, onSave);
    this.watcher.on('error', () => undefined); // e.g. a folder that went away: its file counts when it is back
  }

  /** Takes no notice of those that it has. */
  add(files: readonly string[]): void {
    this.watcher.add([...files]);
  }

  /** Settles when saves are noticed. */
  ready(): Promise<void> {
    return this.readied;
  }

  close(): Promise<void> {
    return this.watcher.close();
  }
}
