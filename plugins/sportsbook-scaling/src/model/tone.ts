/** How much attention something asks for; colours follow it and never say more than the words. */
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';
