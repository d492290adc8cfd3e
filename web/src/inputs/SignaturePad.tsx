import { type PointerEvent, useEffect, useRef } from "react";
import { words } from "../words";
import { draw, type Point, type Stroke } from "./strokes";

interface Props {
  strokes: readonly Stroke[];
  /** One more finished stroke, in CSS pixels from the pad's corner. */
  onStroke: (stroke: Stroke) => void;
  padRef: React.RefObject<HTMLCanvasElement>;
}

/** A white area to write on with finger, pen or mouse. */
export function SignaturePad({ strokes, onStroke, padRef }: Props) {
  const current = useRef<Stroke | null>(null);

  const paint = () => {
    const pad = padRef.current;
    if (!pad) return;
    const scale = window.devicePixelRatio || 1;
    pad.width = Math.round(pad.clientWidth * scale);
    pad.height = Math.round(pad.clientHeight * scale);
    draw(pad, current.current ? [...strokes, current.current] : strokes, scale);
  };
  useEffect(paint);

  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    current.current = [pointOf(event)];
  };
  const follow = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!current.current) return;
    current.current.push(pointOf(event));
    paint();
  };
  const end = () => {
    const stroke = current.current;
    current.current = null;
    if (stroke) onStroke(stroke);
  };
  return (
    <canvas
      ref={padRef}
      className="pad"
      role="img"
      aria-label={words.signature.pad}
      data-testid="signature-pad"
      onPointerDown={begin}
      onPointerMove={follow}
      onPointerUp={end}
      onPointerCancel={end}
    />
  );
}

function pointOf(event: PointerEvent<HTMLCanvasElement>): Point {
  const corner = event.currentTarget.getBoundingClientRect();
  return { x: event.clientX - corner.left, y: event.clientY - corner.top };
}
