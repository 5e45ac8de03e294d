type Order = 'ascending' | 'descending';

/**
 * Makes buttons of a table's headings: the first click sorts by what is best or least, the next the other way round.
 */
export function makeSortable(table: HTMLTableElement): void {
  const headings = [...table.tHead!.rows[0]!.cells];
  headings.forEach((heading, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = heading.textContent;
    heading.replaceChildren(button);
    heading.setAttribute('aria-sort', 'none');
    button.addEventListener('click', () => {
      const before = heading.getAttribute('aria-sort');
      const first = heading.dataset['first'] as Order;
      const order = before === 'none' ? first : before === 'ascending' ? 'descending' : 'ascending';
      for (const other of headings) other.setAttribute('aria-sort', other === heading ? order : 'none');
      sortBy(table, column, order);
    });
  });
}

function sortBy(table: HTMLTableElement, column: number, order: Order): void {
  const body = table.tBodies[0]!;
  const key = (row: HTMLTableRowElement): string => row.cells[column]!.dataset['sort'] ?? '';
  const sign = order === 'ascending' ? 1 : -1;
  const rows = [...body.rows].sort((one, other) => {
    const [a, b] = [key(one), key(other)];
    if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1; // what is missing goes last, either way
    const [x, y] = [Number(a), Number(b)];
    return sign * (Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b, undefined, { numeric: true }) : x - y);
  });
  body.append(...rows);
}
