/** Up to this width a device is a card of two lines, beyond it a row of the table. The styles have the same number. */
export const CARDS_TO_PX = 1000;

/** A value and the gap behind it. */
const VALUE_PX = 104;
/** Of a value that has its share of a card. */
const CARD_VALUE_PX = 140;
const MOST = 8;

/**
 * How many values of a device have room; one that is cut in the middle could be read for another one.
 *
 * @param width of the window, px
 */
export function valuesShown(width: number): number {
  const page = Math.min(width, 2400) - 64;
  if (width <= CARDS_TO_PX) {
    return Math.max(2, Math.min(MOST, Math.floor(page / CARD_VALUE_PX)));
  }
  // Device and group take a part, and so does the small chart, which narrow tables leave out; the others are as wide as they are.
  const part = width > 1340 ? 0.4 : 0.29;
  const room = page * (1 - part) - 496 - 48;
  return Math.max(1, Math.min(MOST, Math.floor(room / VALUE_PX)));
}
