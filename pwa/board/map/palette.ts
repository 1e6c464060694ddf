// Colours of the map in both themes. The map library takes plain colours, not the page's tokens;
// those of ours repeat lib/ui/tokens.css.

const light = {
  paper: '#f2f2ee',
  wood: '#e4eadd',
  water: '#cadbe3',
  building: '#e2e0da',
  road: '#ffffff',
  roadMajor: '#d8cfb8',
  border: '#9aa0a4',
  text: '#4a5157',
  halo: '#ffffff',
  accent: '#0b5c63',
  ink: '#1b1f23',
  late: '#a3172a',
  risk: '#7a4200',
};

export type Palette = typeof light;

const dark: Palette = {
  paper: '#14191c',
  wood: '#18221d',
  water: '#1d2c36',
  building: '#20272b',
  road: '#2b3338',
  roadMajor: '#474f4f',
  border: '#5d666b',
  text: '#b4bdc2',
  halo: '#101416',
  accent: '#5cc7cf',
  ink: '#eef1f2',
  late: '#ff8a8f',
  risk: '#f2b25c',
};

export const palettes = { light, dark };
