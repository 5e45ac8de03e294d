import { MdctrError, MdctrErrors, type ErrorDetails } from '@mdctr/base';

/** An error on its way from one process to another. */
export interface PackedError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** Of errors.md, or of the system. */
  readonly code: string | undefined;
  readonly details?: ErrorDetails;
  readonly errors?: readonly PackedError[];
}

export function packError(thrown: unknown): PackedError {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { name, message, stack } = error;
  const { code } = error as { code?: unknown };
  const packed = { name, message, stack, code: typeof code === 'string' ? code : undefined };
  if (error instanceof MdctrErrors) return { ...packed, errors: error.errors.map(packError) };
  if (!(error instanceof MdctrError)) return packed;
  const { cause: _, ...details } = error.details;
  return { ...packed, details };
}

/** The error again, as the command reports it. */
export function unpackError(packed: PackedError): Error {
  const { name, message, stack, code, details, errors } = packed;
  if (errors) return new MdctrErrors(errors.map((one) => unpackError(one) as MdctrError));
  if (code !== undefined && details) return new MdctrError(code, details);
  return Object.assign(new Error(message), { name, stack, code });
}
