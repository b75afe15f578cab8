/** Where the console begins: it finds its texts, and shows itself. */
import '@mantine/core/styles.css';
import './console.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { loadTexts } from './texts/index.ts';

declare global {
  interface Window {
    /** Where a library that adds styles looks for what the page's policy lets through. */
    __webpack_nonce__?: string;
  }
}

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
window.__webpack_nonce__ = nonce;

const root = document.getElementById('root');
if (root !== null) {
  const texts = await loadTexts(navigator.languages);
  document.documentElement.lang = texts.language;
  createRoot(root).render(
    <StrictMode>
      <App nonce={nonce} texts={texts} />
    </StrictMode>,
  );
}
