import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { reactAriaVietnamese } from './ui/react-aria-vi-plugin.ts';

const root = import.meta.dirname;
const vietnamese = () => reactAriaVietnamese(fileURLToPath(new URL('ui/react-aria-vi.ts', import.meta.url)));

/**
 * `vite build` makes the product. `vite build --mode gallery` makes the page that shows every control, for tests and for
 * people who build screens; it is never part of the product.
 */
export default defineConfig(({ mode }) => {
  const isGallery = mode === 'gallery';
  return {
    root,
    plugins: [react(), vietnamese()],
    optimizeDeps: { rolldownOptions: { plugins: [vietnamese()] } },
    build: {
      chunkSizeWarningLimit: 1_500,
      outDir: isGallery ? '../out/gallery' : '../out/renderer',
      emptyOutDir: true,
      target: 'es2022',
      // Fonts and pictures stay files, and nothing is put into the page itself: the content security policy allows neither.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: isGallery ? 'gallery.html' : 'desk.html' },
    },
    server: { port: 4861, proxy: { '/api': 'http://127.0.0.1:4860' } },
  };
});
