// The board's service worker: the page without the network, pushes, and the map kept whole.
import { showPushes } from '../lib/offline/pushes.ts';
import { servePage } from '../lib/offline/worker.ts';
import { keepMapWhole } from './map/kept_map.ts';

servePage('/board/');
showPushes('/board/');
keepMapWhole();
