// Points put on the map by hand: one pin, or the corners of an outline. Imported only when it is shown.
import {
  addProtocol,
  type GeoJSONSource,
  LngLatBounds,
  type LngLat,
  Map as MapLibre,
  NavigationControl,
  setWorkerUrl,
} from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { Protocol } from 'pmtiles';
import { palettes } from '../../board/map/palette.ts';
import { type Features, PLACES, styleFor } from '../../board/map/style.ts';
import type { BaseMap } from '../../board/wire.ts';
import { outlineOf } from './outline.ts';
import type { Position } from './position.ts';

setWorkerUrl(workerUrl);
addProtocol('pmtiles', new Protocol().tile);

const CORNERS = 'corners';

export interface Drawn {
  /** What can be dragged. */
  readonly points: readonly Position[];
  readonly isOutline: boolean;
  /** Drawn for orientation only. */
  readonly region: Record<string, unknown> | null;
  readonly others: readonly Position[];
}

export interface Hands {
  /** Somebody pointed at a place where no point is. */
  readonly put: (at: Position) => void;
  readonly move: (point: number, to: Position) => void;
  /** Somebody pointed at a point twice. */
  readonly remove: (point: number) => void;
}

export interface DrawingOptions {
  readonly isDark: boolean;
  readonly words: { readonly title: string; readonly zoomIn: string; readonly zoomOut: string };
  readonly hands: Hands;
}

export class Drawing {
  readonly #map: MapLibre;
  readonly #base: BaseMap | null;
  readonly #hands: Hands;
  #isDark: boolean;
  #isReady = false;
  #isFitted = false;
  #drawn: Drawn = { points: [], isOutline: false, region: null, others: [] };

  constructor(map: MapLibre, base: BaseMap | null, { isDark, hands }: DrawingOptions) {
    this.#map = map;
    this.#base = base;
    this.#isDark = isDark;
    this.#hands = hands;
    map.on('style.load', () => {
      this.#isReady = true;
      this.#draw(this.#drawn.points);
    });
    this.#listen();
  }

  show(drawn: Drawn): void {
    this.#drawn = drawn;
    if (this.#isReady) this.#draw(drawn.points);
  }

  dress(isDark: boolean): void {
    if (isDark === this.#isDark) return;
    this.#isDark = isDark;
    this.#isReady = false;
    this.#map.setStyle(dressed(this.#base, isDark), { diff: false });
  }

  remove(): void {
    this.#map.remove();
  }

  #draw(points: readonly Position[]): void {
    const { isOutline, region, others } = this.#drawn;
    const ring = isOutline && points.length > 2 ? outlineOf(points) : region;
    this.#fill('outline', ring ? [{ type: 'Feature', properties: {}, geometry: ring }] : []);
    this.#fill(PLACES, others.map((each) => feature(each, { trouble: 'quiet' })));
    this.#fill(CORNERS, points.map((each, point) => feature(each, { point })));
    this.#fit(points);
  }

  #fill(source: string, features: readonly object[]): void {
    const data = { type: 'FeatureCollection', features } as Features;
    (this.#map.getSource(source) as GeoJSONSource | undefined)?.setData(data);
  }

  /** Once, to what there is; after that whoever draws holds the map. */
  #fit(points: readonly Position[]): void {
    const { region, others } = this.#drawn;
    const ring = (region as { coordinates?: [number, number][][] } | null)?.coordinates?.[0] ?? [];
    const around = [...ring.map(([lon, lat]) => ({ lat, lon })), ...others];
    const shown = points.length > 0 ? points : around;
    if (this.#isFitted || shown.length === 0) return;
    const bounds = new LngLatBounds();
    for (const { lat, lon } of shown) bounds.extend([lon, lat]);
    this.#map.fitBounds(bounds, { padding: 48, maxZoom: 15, animate: false });
    this.#isFitted = true;
  }

  #pointAt(place: { x: number; y: number }): number | undefined {
    // A finger is wider than a point.
    const box: [[number, number], [number, number]] = [
      [place.x - 12, place.y - 12],
      [place.x + 12, place.y + 12],
    ];
    if (!this.#map.getLayer(CORNERS)) return undefined;
    const point: unknown = this.#map.queryRenderedFeatures(box, { layers: [CORNERS] })[0]?.properties['point'];
    return typeof point === 'number' ? point : undefined;
  }

  #listen(): void {
    const map = this.#map;
    let held: number | undefined;
    let last: Position | undefined;
    const hold = (event: { point: { x: number; y: number }; preventDefault(): void }): void => {
      held = this.#pointAt(event.point);
      last = undefined;
      if (held !== undefined) event.preventDefault();
    };
    const drag = ({ lngLat }: { lngLat: LngLat }): void => {
      if (held === undefined) return;
      last = { lat: lngLat.lat, lon: lngLat.lng };
      const moved = last;
      this.#draw(this.#drawn.points.map((point, at) => (at === held ? moved : point)));
    };
    const drop = (): void => {
      if (held !== undefined && last !== undefined) this.#hands.move(held, last);
      held = undefined;
    };
    map.on('mousedown', hold);
    map.on('touchstart', hold);
    map.on('mousemove', (event) => {
      drag(event);
      map.getCanvas().style.cursor = held === undefined && this.#pointAt(event.point) === undefined ? 'crosshair' : 'move';
    });
    map.on('touchmove', drag);
    map.on('mouseup', drop);
    map.on('touchend', drop);
    map.on('click', (event) => {
      if (this.#pointAt(event.point) === undefined) this.#hands.put({ lat: event.lngLat.lat, lon: event.lngLat.lng });
    });
    map.on('dblclick', (event) => {
      event.preventDefault();
      const point = this.#pointAt(event.point);
      if (point !== undefined) this.#hands.remove(point);
    });
  }
}

/** Null where the device cannot draw a map (no WebGL). */
export function openDrawing(container: HTMLElement, given: BaseMap | null, options: DrawingOptions): Drawing | null {
  if (!document.createElement('canvas').getContext('webgl2')) return null;
  const url = given && new URL(given.url, location.origin).href.replaceAll('%7B', '{').replaceAll('%7D', '}');
  const base = given && url !== null ? { ...given, url } : null;
  const map = new MapLibre({
    container,
    style: dressed(base, options.isDark),
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
  return new Drawing(map, base, options);
}

/** The board's map, and the points on top. */
function dressed(base: BaseMap | null, isDark: boolean): ReturnType<typeof styleFor> {
  const style = styleFor(base, isDark);
  const colours = palettes[isDark ? 'dark' : 'light'];
  return {
    ...style,
    sources: { ...style.sources, [CORNERS]: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } } },
    layers: [
      ...style.layers,
      {
        id: CORNERS,
        type: 'circle',
        source: CORNERS,
        paint: {
          'circle-radius': 7,
          'circle-color': colours.accent,
          'circle-stroke-color': colours.halo,
          'circle-stroke-width': 3,
        },
      },
    ],
  };
}

function feature({ lat, lon }: Position, properties: object): object {
  return { type: 'Feature', properties, geometry: { type: 'Point', coordinates: [lon, lat] } };
}
