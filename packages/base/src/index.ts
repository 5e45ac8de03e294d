export { firstOf, getOrThrow, itemAt, lastOf, nonEmpty, pairOf, type NonEmpty } from './collections/checked-access.js';
export {
  DETAIL_INDENT,
  formatLocation,
  isMdctrError,
  MdctrError,
  MdctrErrors,
  type ErrorDetails,
  type SourceLocation,
} from './errors/mdctr-error.js';
export { nearest } from './errors/nearest.js';
export { thrownText, userFrames } from './errors/user-frames.js';
export { removeAtExit, writeAtomic, writeJsonAtomic } from './files/write-atomic.js';
export { median } from './maths/median.js';
export { enterCopy, loadedCopies, type PackageCopy } from './packages/copies.js';
export { foldersAbove, packageIn, packageOf, type Manifest, type PackageFolder } from './packages/manifest.js';
export { Random, type RandomState } from './random/random.js';
export { alignCells, columnWidths } from './text/align-columns.js';
export { formatCount } from './text/format-count.js';
