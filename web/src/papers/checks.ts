/** What can be known of a paper before it is sent, and how it is named. Pure. */
import { paperWords } from "./words";

export const ACCEPTED = ["image/jpeg", "image/png", "application/pdf"];
export const LARGEST_BYTES = 10_485_760;

const OF_ENDING: Record<string, string> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  heic: "image/heic",
  heif: "image/heic",
  webp: "image/webp",
  pdf: "application/pdf",
};
const SHORT_NAMES: Record<string, string> = {
  "image/jpeg": "JPG",
  "image/png": "PNG",
  "image/heic": "HEIC",
  "application/pdf": "PDF",
};

/** The media type; by the name's ending where the phone gives none, as many do for HEIC. */
export function mediaType({ name, type }: Pick<File, "name" | "type">): string {
  if (/^image\/(jpg|pjpeg)$/.test(type)) return "image/jpeg";
  if (/^image\/hei[cf]/.test(type)) return "image/heic";
  if (type && type !== "application/octet-stream") return type;
  return OF_ENDING[name.toLowerCase().split(".").pop() ?? ""] ?? type;
}

/** Why a file needn't be sent at all; null when it may be. */
export function problemOfFile(file: Pick<File, "name" | "type" | "size">, accept: string[], most: number): string | null {
  const type = mediaType(file);
  if (!accept.includes(type)) return type === "image/heic" ? paperWords.heic : paperWords.kind(kindsInWords(accept));
  if (file.size === 0) return paperWords.empty;
  if (file.size <= most) return null;
  const tooBig = isPhoto(type) ? paperWords.photoTooBig : paperWords.fileTooBig;
  return tooBig(megabytes(file.size), megabytes(most));
}

/** "JPG、PNG照片或PDF文件"; what nobody knows by name isn't named. */
export function kindsInWords(accept: string[]): string {
  const photos = accept.filter(isPhoto).map((type) => SHORT_NAMES[type] ?? "");
  const ofPhotos = photos.length > 0 && `${photos.filter(Boolean).join("、")}${paperWords.photo}`;
  return [ofPhotos, accept.includes("application/pdf") && paperWords.pdf].filter(Boolean).join(paperWords.or);
}

/** "照片 · 1.2 MB". */
export function paperInWords(type: string, bytes: number): string {
  const kind = isPhoto(type) ? paperWords.photo : type === "application/pdf" ? paperWords.pdf : paperWords.file;
  return `${kind} · ${megabytes(bytes)} MB`;
}

export function isPhoto(type: string): boolean {
  return type.startsWith("image/");
}

/** Rounded up, without a bare .0: a file that is too big never reads 10 MB. */
export function megabytes(bytes: number): string {
  return String(Math.ceil((bytes / 1_048_576) * 10) / 10);
}
