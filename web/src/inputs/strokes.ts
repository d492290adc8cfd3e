/** Drawing a signature from its strokes, and turning it into a picture. */

export interface Point {
  x: number;
  y: number;
}
export type Stroke = Point[];

const INK = "#111";
const WIDTH_PX = 3;
const LONGEST_URL = 300 * 1024;
const SHORTEST_PX = 60;

/** Draws all strokes on white, in CSS pixels times `scale`. */
export function draw(canvas: HTMLCanvasElement, strokes: readonly Stroke[], scale: number): void {
  const brush = canvas.getContext("2d");
  if (!brush) return;
  brush.setTransform(scale, 0, 0, scale, 0, 0);
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.strokeStyle = brush.fillStyle = INK;
  brush.lineWidth = WIDTH_PX;
  brush.lineCap = brush.lineJoin = "round";
  for (const stroke of strokes) drawStroke(brush, stroke);
}

function drawStroke(brush: CanvasRenderingContext2D, stroke: Stroke): void {
  const [first, ...rest] = stroke;
  if (!first) return;
  brush.beginPath();
  brush.moveTo(first.x, first.y);
  let from = first;
  for (const to of rest) {
    brush.quadraticCurveTo(from.x, from.y, (from.x + to.x) / 2, (from.y + to.y) / 2);
    from = to;
  }
  brush.lineTo(from.x, from.y);
  brush.stroke();
}

/** A touch by accident isn't a signature. */
export function isSignature(strokes: readonly Stroke[]): boolean {
  let length = 0;
  for (const stroke of strokes) {
    for (let at = 1; at < stroke.length; at++) {
      const [a, b] = [stroke[at - 1] as Point, stroke[at] as Point];
      length += Math.hypot(b.x - a.x, b.y - a.y);
    }
  }
  return length >= SHORTEST_PX;
}

/** The picture as a data address of at most 300 kB, smaller when it must be; null if it can't. */
export function toPicture(strokes: readonly Stroke[], width: number, height: number): string | null {
  for (const scale of [2, 1, 0.5]) {
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    draw(canvas, strokes, scale);
    const url = canvas.toDataURL("image/png");
    if (url.length <= LONGEST_URL) return url;
  }
  return null;
}
