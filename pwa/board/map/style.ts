// How the map looks: paper, roads, water, names, and our sites and technicians on top.
// Plain values for the map library; no glyphs and no sprite, labels use fonts of the device.
import type {
  ExpressionSpecification,
  GeoJSONSourceSpecification,
  LayerSpecification,
  StyleSpecification,
} from 'maplibre-gl';
import type { BaseMap } from '../wire.ts';
import { palettes, type Palette } from './palette.ts';

export type Features = GeoJSONSourceSpecification['data'];
export type Outline = Record<string, unknown> | null;

export const PLACES = 'places';
export const PEOPLE = 'people';
export const ROUND = 'round';
export const STOPS = 'stops';
export const PLACE_LAYERS = ['places-quiet', 'places-trouble'];

const NOTHING: Features = { type: 'FeatureCollection', features: [] };
const LABEL_FONT = ['sans-serif'];

export function styleFor(base: BaseMap | null, isDark: boolean): StyleSpecification {
  const colours = palettes[isDark ? 'dark' : 'light'];
  return {
    version: 8,
    sources: {
      ...baseSource(base),
      outline: { type: 'geojson', data: NOTHING },
      [PLACES]: { type: 'geojson', data: NOTHING, promoteId: 'site' },
      [PEOPLE]: { type: 'geojson', data: NOTHING },
      [ROUND]: { type: 'geojson', data: NOTHING },
      [STOPS]: { type: 'geojson', data: NOTHING },
    },
    layers: [
      { id: 'paper', type: 'background', paint: { 'background-color': colours.paper } },
      ...baseLayers(base, colours),
      ...ownLayers(colours, isDark),
    ],
  };
}

function baseSource(base: BaseMap | null): StyleSpecification['sources'] {
  if (base === null) return {};
  if (base.kind === 'raster') return { base: { type: 'raster', tiles: [base.url], tileSize: 256 } };
  return { base: { type: 'vector', url: `pmtiles://${base.url}` } };
}

function baseLayers(base: BaseMap | null, colours: Palette): LayerSpecification[] {
  if (base === null) return [];
  if (base.kind === 'raster') return [{ id: 'tiles', type: 'raster', source: 'base' }];
  return [...ground(colours), ...ways(colours), ...names(colours)];
}

function ground({ wood, water, building }: Palette): LayerSpecification[] {
  const source = 'base';
  return [
    {
      id: 'wood',
      type: 'fill',
      source,
      'source-layer': 'landcover',
      filter: ['==', ['get', 'class'], 'wood'],
      paint: { 'fill-color': wood },
    },
    { id: 'water', type: 'fill', source, 'source-layer': 'water', paint: { 'fill-color': water } },
    {
      id: 'river',
      type: 'line',
      source,
      'source-layer': 'waterway',
      paint: { 'line-color': water, 'line-width': 1.5 },
    },
    {
      id: 'building',
      type: 'fill',
      source,
      'source-layer': 'building',
      minzoom: 14,
      paint: { 'fill-color': building },
    },
  ];
}

const MAJOR = ['motorway', 'trunk', 'primary', 'secondary'];

function ways({ road, roadMajor, border }: Palette): LayerSpecification[] {
  const way = { type: 'line', source: 'base', 'source-layer': 'transportation' } as const;
  const isMajor: ExpressionSpecification = ['in', ['get', 'class'], ['literal', MAJOR]];
  return [
    {
      id: 'road-minor',
      ...way,
      minzoom: 12,
      filter: ['!', isMajor],
      paint: { 'line-color': road, 'line-width': ['interpolate', ['linear'], ['zoom'], 12, 0.5, 17, 6] },
    },
    {
      id: 'road-major',
      ...way,
      filter: isMajor,
      paint: {
        'line-color': roadMajor,
        'line-width': ['interpolate', ['linear'], ['zoom'], 8, 1, 14, 4, 17, 10],
      },
    },
    {
      id: 'border',
      type: 'line',
      source: 'base',
      'source-layer': 'boundary',
      paint: { 'line-color': border, 'line-dasharray': [3, 2] },
    },
  ];
}

function names({ text, halo }: Palette): LayerSpecification[] {
  const paint = { 'text-color': text, 'text-halo-color': halo, 'text-halo-width': 1.5 };
  return [
    {
      id: 'street-name',
      type: 'symbol',
      source: 'base',
      'source-layer': 'transportation_name',
      minzoom: 14,
      layout: {
        'symbol-placement': 'line',
        'text-field': ['get', 'name:latin'],
        'text-font': LABEL_FONT,
        'text-size': 11,
      },
      paint,
    },
    {
      id: 'town-name',
      type: 'symbol',
      source: 'base',
      'source-layer': 'place',
      filter: ['in', ['get', 'class'], ['literal', ['city', 'town', 'village', 'suburb', 'hamlet']]],
      layout: { 'text-field': ['get', 'name:latin'], 'text-font': LABEL_FONT, 'text-size': 13 },
      paint,
    },
  ];
}

function ownLayers(colours: Palette, isDark: boolean): LayerSpecification[] {
  const selected: ExpressionSpecification = ['boolean', ['feature-state', 'selected'], false];
  const theme = isDark ? 'dark' : 'light';
  return [
    {
      id: 'outline',
      type: 'line',
      source: 'outline',
      paint: { 'line-color': colours.accent, 'line-width': 1.5, 'line-dasharray': [4, 3] },
    },
    {
      id: 'round',
      type: 'line',
      source: ROUND,
      paint: { 'line-color': colours.accent, 'line-width': 2.5 },
    },
    {
      id: 'places-quiet',
      type: 'circle',
      source: PLACES,
      filter: ['==', ['get', 'trouble'], 'quiet'],
      paint: {
        'circle-radius': 3.5,
        'circle-color': colours.halo,
        'circle-stroke-color': colours.text,
        'circle-stroke-width': 1.5,
      },
    },
    {
      id: 'places-selected',
      type: 'circle',
      source: PLACES,
      paint: {
        'circle-radius': 16,
        'circle-color': 'transparent',
        'circle-stroke-color': colours.accent,
        'circle-stroke-width': ['case', selected, 3, 0],
      },
    },
    {
      id: 'people',
      type: 'circle',
      source: PEOPLE,
      paint: {
        'circle-radius': 11,
        'circle-color': ['case', ['get', 'isStale'], colours.halo, colours.text],
        'circle-stroke-color': ['case', ['get', 'isStale'], colours.text, colours.halo],
        'circle-stroke-width': ['case', ['get', 'isStale'], 1, 2],
      },
    },
    {
      id: 'people-initials',
      type: 'symbol',
      source: PEOPLE,
      layout: {
        'text-field': ['get', 'initials'],
        'text-font': LABEL_FONT,
        'text-size': 11,
        'text-allow-overlap': true,
      },
      paint: { 'text-color': ['case', ['get', 'isStale'], colours.text, colours.halo] },
    },
    {
      id: 'places-trouble',
      type: 'symbol',
      source: PLACES,
      filter: ['!=', ['get', 'trouble'], 'quiet'],
      layout: {
        'icon-image': ['concat', ['get', 'severity'], '-', ['get', 'trouble'], `-${theme}`],
        'icon-allow-overlap': true,
        'symbol-sort-key': ['get', 'rank'],
      },
    },
    {
      id: 'stops',
      type: 'symbol',
      source: STOPS,
      layout: {
        'text-field': ['to-string', ['get', 'order']],
        'text-font': LABEL_FONT,
        'text-size': 13,
        'text-offset': [1.1, -1.1],
        'text-allow-overlap': true,
      },
      paint: { 'text-color': colours.accent, 'text-halo-color': colours.halo, 'text-halo-width': 2 },
    },
  ];
}
