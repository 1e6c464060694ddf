// The map itself, over MapLibre GL and a PMTiles archive. Imported only when a map is opened.
// What is shown comes from places.ts, how it looks from style.ts.
import {
  addProtocol,
  type GeoJSONSource,
  LngLatBounds,
  Map as MapLibre,
  NavigationControl,
  setWorkerUrl,
} from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { FileSource, PMTiles, Protocol } from 'pmtiles';
import type { BaseMap } from '../wire.ts';
import { askToKeep, keptMap } from './kept_map.ts';
import type { Place, Whereabouts } from './places.ts';
import { PIXEL_RATIO, shapeNamed } from './shapes.ts';
import type { Round } from './route.ts';
import { type Features, type Outline, PEOPLE, PLACE_LAYERS, PLACES, ROUND, STOPS, styleFor } from './style.ts';

setWorkerUrl(workerUrl);

export interface MapWords {
  readonly title: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
}

export interface Shown {
  readonly places: readonly Place[];
  readonly people: readonly Whereabouts[];
  readonly outline: Outline;
  readonly selected: string | null;
  readonly round: Round | null;
}

export class MapView {
  readonly #map: MapLibre;
  readonly #base: BaseMap | null;
  #isDark: boolean;
  #shown: Shown = { places: [], people: [], outline: null, selected: null, round: null };
  #isFitted = false;
  #isDrawn = false;

  constructor(map: MapLibre, base: BaseMap | null, isDark: boolean) {
    this.#map = map;
    this.#base = base;
    this.#isDark = isDark;
    map.setMissingStyleImageResolver((name) => {
      const shape = shapeNamed(name);
      if (shape) map.addImage(name, shape, { pixelRatio: PIXEL_RATIO });
    });
    map.on('style.load', () => {
      this.#isDrawn = true;
      this.#draw();
    });
  }

  show(shown: Shown): void {
    this.#shown = shown;
    if (this.#isDrawn) this.#draw();
  }

  dress(isDark: boolean): void {
    if (isDark === this.#isDark) return;
    this.#isDark = isDark;
    this.#isDrawn = false;
    this.#map.setStyle(styleFor(this.#base, isDark), { diff: false });
  }

  remove(): void {
    this.#map.remove();
  }

  #draw(): void {
    const { places, people, outline, selected, round } = this.#shown;
    this.#fill(PLACES, places.map((place) => feature(place.position, { ...place, rank: rank(place) })));
    this.#fill(PEOPLE, people.map((one) => feature(one.position, { ...one })));
    this.#fill('outline', outline ? [{ type: 'Feature', properties: {}, geometry: outline }] : []);
    this.#fill(ROUND, round && round.stops.length > 0 ? [line([round.from, ...positions(round)])] : []);
    this.#fill(STOPS, round ? round.stops.map((stop) => feature(stop.position, { ...stop })) : []);
    this.#map.removeFeatureState({ source: PLACES });
    if (selected) this.#map.setFeatureState({ source: PLACES, id: selected }, { selected: true });
    this.#fit();
    const chosen = places.find((place) => place.site === selected);
    if (chosen) this.#bringIntoView(chosen);
  }

  #fill(source: string, features: readonly object[]): void {
    const data = { type: 'FeatureCollection', features } as Features;
    (this.#map.getSource(source) as GeoJSONSource | undefined)?.setData(data);
  }

  /** Once, to all that is shown; after that the dispatcher holds the map. */
  #fit(): void {
    const { places, people } = this.#shown;
    if (this.#isFitted || places.length + people.length === 0) return;
    const bounds = new LngLatBounds();
    for (const { position } of [...places, ...people]) bounds.extend([position.lon, position.lat]);
    this.#map.fitBounds(bounds, { padding: 32, maxZoom: 14, animate: false });
    this.#isFitted = true;
  }

  #bringIntoView({ position }: Place): void {
    const point: [number, number] = [position.lon, position.lat];
    if (!this.#map.getBounds().contains(point)) this.#map.easeTo({ center: point, duration: 150 });
  }
}

/** Null where the device cannot draw a map (no WebGL). */
export async function openMap(
  container: HTMLElement,
  base: BaseMap | null,
  options: { isDark: boolean; words: MapWords; onselect: (site: string) => void },
): Promise<MapView | null> {
  if (!document.createElement('canvas').getContext('webgl2')) return null;
  const here = base && { ...base, url: new URL(base.url, location.origin).href };
  if (here?.kind === 'pmtiles') await openArchive(here.url);
  const map = new MapLibre({
    container,
    style: styleFor(withBraces(here), options.isDark),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    locale: {
      'Map.Title': options.words.title,
      'NavigationControl.ZoomIn': options.words.zoomIn,
      'NavigationControl.ZoomOut': options.words.zoomOut,
    },
  });
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  map.on('click', [...PLACE_LAYERS], (event) => {
    const site: unknown = event.features?.[0]?.properties['site'];
    if (typeof site === 'string') options.onselect(site);
  });
  map.on('mousemove', (event) => {
    const layers = PLACE_LAYERS.filter((layer) => map.getLayer(layer));
    const isOver = map.queryRenderedFeatures(event.point, { layers }).length > 0;
    map.getCanvas().style.cursor = isOver ? 'pointer' : '';
  });
  return new MapView(map, withBraces(here), options.isDark);
}

const protocol = new Protocol();
addProtocol('pmtiles', protocol.tile);

/** From the device when the archive is kept there, else by ranges; then it is kept for next time. */
async function openArchive(url: string): Promise<void> {
  const kept = await keptMap(url);
  if (kept) protocol.add(new PMTiles(new FileSource(kept)));
  void askToKeep(url, [import.meta.url, workerUrl, ...styles()]);
}

/** The library's style sheet has a name that only the build knows. */
function styles(): string[] {
  return [...document.styleSheets].map((sheet) => sheet.href ?? '').filter((href) => href.includes('maplibre'));
}

/** An address through URL has its {z}/{x}/{y} escaped; the map library wants them plain. */
function withBraces(base: BaseMap | null): BaseMap | null {
  return base && { ...base, url: base.url.replaceAll('%7B', '{').replaceAll('%7D', '}') };
}

function feature({ lat, lon }: { lat: number; lon: number }, properties: object): object {
  return { type: 'Feature', properties, geometry: { type: 'Point', coordinates: [lon, lat] } };
}

function positions({ stops }: Round): { lat: number; lon: number }[] {
  return stops.map((stop) => stop.position);
}

function line(points: readonly { lat: number; lon: number }[]): object {
  const coordinates = points.map(({ lat, lon }) => [lon, lat]);
  return { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates } };
}

/** Drawn last, on top: the gravest waiting call. */
function rank(place: Place): number {
  return (place.trouble === 'waiting' ? 10 : 0) - Number(place.severity?.[1] ?? 9);
}
