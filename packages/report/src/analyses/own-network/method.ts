/** The plugin that gives every domain a network of its own. */
const OWN_NETWORK = 'per-domain';

/** Label of the method whose only plugin is per-domain; undefined where there is none, or several. */
export function ownNetworkMethod(config: unknown): string | undefined {
  const { methods } = (config ?? {}) as {
    methods?: readonly { label: string; plugins: readonly { name: string }[] }[];
  };
  const own = (methods ?? []).filter(({ plugins }) => plugins?.length === 1 && plugins[0]!.name === OWN_NETWORK);
  return own.length === 1 ? own[0]!.label : undefined;
}
