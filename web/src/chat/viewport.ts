/**
 * Keeps the page as high as what the keyboard leaves free.
 *
 * iOS lays the keyboard over the page instead of making the page smaller.
 * Returns the function that stops it.
 */
export function followKeyboard(): () => void {
  const viewport = window.visualViewport;
  if (!viewport) return () => undefined;
  const fit = () => {
    document.documentElement.style.setProperty("--app-height", `${viewport.height}px`);
    window.scrollTo(0, 0);
  };
  // Zooming with two fingers also changes the viewport: that must stay possible.
  const fitUnlessZoomed = () => {
    if (viewport.scale <= 1.01) fit();
  };
  fit();
  viewport.addEventListener("resize", fitUnlessZoomed);
  return () => viewport.removeEventListener("resize", fitUnlessZoomed);
}
