export interface TimelineCursor {
  /** Goes to a moment, and brings it into view. @param ratio of the whole time, in [0, 1] */
  showAt(ratio: number): void;
}

/**
 * A cursor over the timeline, moved by pointer or arrow keys. It runs through all lanes and reads
 * out the numbers of its moment. They come from the page's own table, so nothing is stored twice.
 */
export function addTimelineCursor(root: ParentNode): TimelineCursor | undefined {
  const lanes = root.querySelector<HTMLElement>('.lanes');
  const chart = lanes?.querySelector<SVGElement>('.requests');
  const table = root.querySelector<HTMLTableElement>('table.buckets');
  const rows = [...(table?.tBodies[0]?.rows ?? [])];
  if (!lanes || !chart || !table || rows.length === 0) return undefined;
  const titles = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent ?? '');
  const readout = lanes.ownerDocument.createElement('p');
  readout.className = 'readout';
  readout.textContent = HINT;
  lanes.before(readout);

  let current = -1;
  const show = (index: number) => {
    current = Math.min(rows.length - 1, Math.max(0, index));
    const text = describe(rows[current], titles);
    readout.textContent = text;
    chart.setAttribute('aria-valuenow', String(current));
    chart.setAttribute('aria-valuetext', text);
    moveCursors(lanes, `${((current + 0.5) / rows.length) * 100}%`);
    lanes.classList.add('reading');
  };
  const hide = () => {
    readout.textContent = HINT;
    lanes.classList.remove('reading');
  };

  makeSlider(chart, rows.length);
  lanes.addEventListener('pointermove', (event) => {
    const { left, width } = chart.getBoundingClientRect();
    const ratio = (event.clientX - left) / width;
    if (ratio >= 0 && ratio < 1) show(Math.floor(ratio * rows.length));
    else hide();
  });
  lanes.addEventListener('pointerleave', hide);
  chart.addEventListener('blur', hide);
  chart.addEventListener('keydown', (event) => {
    const next = STEPS[event.key]?.(current, rows.length);
    if (next === undefined) return;
    event.preventDefault();
    show(next);
  });
  return {
    showAt: (ratio) => {
      show(Math.floor(ratio * rows.length));
      lanes.scrollIntoView({ block: 'center', behavior: 'instant' });
    },
  };
}

const HINT = 'Point at the timeline, or focus it and use the arrow keys, to read a moment.';
const PAGE = 10;
const STEPS: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowRight: (index) => index + 1,
  ArrowUp: (index) => index + 1,
  ArrowLeft: (index) => index - 1,
  ArrowDown: (index) => index - 1,
  PageUp: (index) => index + PAGE,
  PageDown: (index) => index - PAGE,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** `From 1m: 199 arrived, 151 in full, …` */
function describe(row: HTMLTableRowElement | undefined, titles: readonly string[]): string {
  const [from = '', ...counts] = [...(row?.cells ?? [])].map((cell) => cell.textContent ?? '');
  const parts = counts.map((count, index) => `${count} ${(titles[index + 1] ?? '').toLowerCase()}`);
  return `From ${from}: ${parts.join(', ')}`;
}

function makeSlider(chart: SVGElement, count: number): void {
  chart.setAttribute('tabindex', '0');
  chart.setAttribute('role', 'slider');
  chart.setAttribute('aria-valuemin', '0');
  chart.setAttribute('aria-valuemax', String(count - 1));
  chart.setAttribute('aria-valuenow', '0');
  chart.setAttribute('aria-valuetext', HINT);
}

function moveCursors(lanes: HTMLElement, x: string): void {
  for (const line of lanes.querySelectorAll('line.cursor')) {
    line.setAttribute('x1', x);
    line.setAttribute('x2', x);
  }
}
