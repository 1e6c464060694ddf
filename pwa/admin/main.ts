// Starts the set-up page.

import { mount } from 'svelte';
import '../lib/ui/base.css';
import './shapes.css';
import { catalogues } from '../generated/admin.ts';
import { language } from '../lib/i18n/index.ts';
import { theme } from '../lib/ui/index.ts';
import { refuseInOwnWords } from '../lib/ui/own_words.ts';
import App from './App.svelte';

theme.start();
refuseInOwnWords();
await language.start(catalogues);
mount(App, { target: document.getElementById('app')! });
