/** Makes the headings of every `table.sortable` in `root` sort their column. */
export function makeSortable(root: ParentNode): void {
  for (const table of root.querySelectorAll<HTMLTableElement>('table.sortable')) {
    if (table.tBodies[0] === undefined || table.tBodies[0].rows.length < 2) continue;
    for (const head of table.querySelectorAll<HTMLTableCellElement>('th[data-sort]')) {
      const button = head.ownerDocument.createElement('button');
      button.type = 'button';
      button.className = 'sort';
      button.append(...head.childNodes);
      button.addEventListener('click', () => sortBy(table, head));
      head.append(button);
    }
  }
}

/** Text starts from A, numbers from the largest; a second click turns the order round. */
function sortBy(table: HTMLTableElement, head: HTMLTableCellElement): void {
  const isNumber = head.dataset.sort === 'number';
  const first = isNumber ? 'descending' : 'ascending';
  const second = isNumber ? 'ascending' : 'descending';
  const order = head.getAttribute('aria-sort') === first ? second : first;
  for (const other of table.querySelectorAll('th[aria-sort]')) other.removeAttribute('aria-sort');
  head.setAttribute('aria-sort', order);
  const body = table.tBodies[0];
  const sign = order === 'ascending' ? 1 : -1;
  body?.append(
    ...[...body.rows].sort(
      (a, b) => sign * compare(a.cells[head.cellIndex], b.cells[head.cellIndex]),
    ),
  );
}

function compare(a: HTMLTableCellElement | undefined, b: HTMLTableCellElement | undefined): number {
  const [left, right] = [a?.dataset.value, b?.dataset.value];
  if (left !== undefined && right !== undefined) return Number(left) - Number(right);
  return (a?.textContent ?? '').localeCompare(b?.textContent ?? '', 'en', { numeric: true });
}
