/**
 * Settings of glibc's malloc that keep large blocks instead of giving them back to the system after every op. Page
 * faults on fresh memory otherwise take up to ten times as long as the op itself (docs/performance.md).
 */
const TUNABLES = [
  'glibc.malloc.hugetlb=1',
  'glibc.malloc.mmap_threshold=4294967296',
  'glibc.malloc.trim_threshold=17179869184',
  'glibc.malloc.top_pad=268435456',
].join(':');

/**
 * The environment to start again with, or undefined where nothing is to be gained. A user's own setting stands; other C
 * libraries than glibc take no notice.
 */
export function tunedEnvironment(): NodeJS.ProcessEnv | undefined {
  if (process.platform !== 'linux' || process.env.GLIBC_TUNABLES !== undefined) return undefined;
  return { ...process.env, GLIBC_TUNABLES: TUNABLES };
}
