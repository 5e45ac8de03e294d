/** Ends the command with an exit code; the message is complete, and may be empty. */
export class Exit extends Error {
  override readonly name = 'Exit';

  constructor(
    readonly exitCode: number,
    message = '',
  ) {
    super(message);
  }
}
