const KINDS = ['setting', 'backbone', 'method'] as const;

/**
 * Shows one network at a time, as the selects say; a combination that was not trained falls back to the backbone's
 * first.
 */
export function chooseNetworks(): void {
  const chooser = document.querySelector<HTMLElement>('#networks .choose');
  const networks = [...document.querySelectorAll<HTMLDetailsElement>('#networks .network')];
  if (!chooser || networks.length < 2) return;
  const selects = [...chooser.querySelectorAll('select')];
  const show = (): void => {
    const wanted = new Map(selects.map((select) => [select.dataset.kind, select.value]));
    const fits = (network: HTMLElement, kinds: readonly string[]): boolean =>
      kinds.every((kind) => !wanted.has(kind) || network.dataset[kind] === wanted.get(kind));
    const shown =
      networks.find((network) => fits(network, KINDS)) ?? networks.find((network) => fits(network, KINDS.slice(0, 2)));
    for (const network of networks) {
      network.hidden = network !== shown;
      network.open = network === shown;
    }
    for (const select of selects) select.value = shown?.dataset[select.dataset.kind!] ?? select.value;
  };
  for (const select of selects) select.addEventListener('change', show);
  chooser.hidden = false;
  show();
}
