export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** The package manager that runs this, by `npm_config_user_agent` (`pnpm/10.34.9 npm/? node/v22 ...`). */
export function packageManager(userAgent: string | undefined): PackageManager | undefined {
  const name = /^(npm|pnpm|yarn|bun)\//.exec(userAgent ?? '')?.[1];
  return name as PackageManager | undefined;
}
