// Starts the technician's page.

import { mount } from 'svelte';
import { catalogues } from '../generated/technician.ts';
import { language } from '../lib/i18n/index.ts';
import { update } from '../lib/offline/registration.svelte.ts';
import App from './App.svelte';

await language.start(catalogues);
mount(App, { target: document.getElementById('app')! });
void update.register('/app/');
