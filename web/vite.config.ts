import react from "@vitejs/plugin-react";
import { build, type Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** ChatUI's stylesheet loads a font from a public CDN; the page must load nothing from elsewhere. */
function dropRemoteFonts(): Plugin {
  return {
    name: "drop-remote-fonts",
    enforce: "pre",
    transform(code, id) {
      if (!id.includes("@chatui/core") || !id.endsWith(".css")) return null;
      return { code: code.replace(/@font-face\s*\{[^}]*https?:[^}]*\}/g, ""), map: null };
    },
  };
}

/** The button for other sites: one small script of its own, always at the same address. */
function buildWidget(): Plugin {
  return {
    name: "build-widget",
    apply: "build",
    async closeBundle() {
      await build({
        configFile: false,
        logLevel: "warn",
        publicDir: false,
        build: {
          target: ["chrome80", "safari14", "firefox90"],
          emptyOutDir: false,
          lib: { entry: "src/widget/widget.ts", formats: ["iife"], name: "yidiAssistant", fileName: () => "widget.js" },
        },
      });
    },
  };
}

export default defineConfig({
  base: "./",
  plugins: [dropRemoteFonts(), react(), buildWidget()],
  // ChatUI's "browser" file is one piece; its "module" files leave out what isn't used.
  resolve: { mainFields: ["module", "browser", "main"] },
  build: {
    // Phones of older people: WeChat's own browser is often several years behind.
    target: ["chrome80", "safari14", "firefox90"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: { input: ["index.html", "desk.html"] },
  },
  server: { proxy: { "/chat": { target: "http://127.0.0.1:8000", ws: true }, "^/desk/": "http://127.0.0.1:8000" } },
  test: { include: ["tests/**/*.test.ts"], environment: "node" },
});
