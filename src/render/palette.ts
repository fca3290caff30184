import type { Palette } from '../types.ts'

const same = (text: string): string => text

/** No colour at all. */
export const plainPalette: Palette = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same }
