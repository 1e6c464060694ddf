// Starts the page for whoever has no account: a fault reported from the lift, and how it goes on.

import { mount } from 'svelte';
import '../lib/ui/base.css';
import { catalogues } from '../generated/resident.ts';
import { language } from '../lib/i18n/index.ts';
import { theme } from '../lib/ui/index.ts';
import App from './App.svelte';

theme.start();
await language.start(catalogues);
mount(App, { target: document.getElementById('app')! });
