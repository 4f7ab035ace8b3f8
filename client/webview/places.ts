import type { Place } from '../../core/report/report.ts';

/** Tells of every click on a place, now and after the page is drawn anew. */
export function listenToPlaces(root: HTMLElement, reveal: (place: Place) => void): void {
  root.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button.place') : null;
    if (button instanceof HTMLButtonElement) reveal(placeOf(button));
  });
}

function placeOf({ dataset }: HTMLButtonElement): Place {
  return {
    file: dataset.file ?? '',
    start: { line: Number(dataset.line), character: Number(dataset.character) },
    end: { line: Number(dataset.endLine), character: Number(dataset.endCharacter) },
  };
}
