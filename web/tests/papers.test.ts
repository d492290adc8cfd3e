import { describe, expect, it } from "vitest";
import { ACCEPTED, kindsInWords, LARGEST_BYTES, mediaType, megabytes, paperInWords, problemOfFile } from "../src/papers/checks";
import { PaperProblem, sendPaper } from "../src/papers/send";

const photo = { name: "IMG_1.JPG", type: "image/jpeg", size: 2_000_000 };

describe("a paper before it is sent", () => {
  it("may be 10 MB and no more, and is told how to become smaller", () => {
    expect(problemOfFile({ ...photo, size: LARGEST_BYTES }, ACCEPTED, LARGEST_BYTES)).toBeNull();
    expect(problemOfFile({ ...photo, size: LARGEST_BYTES + 1 }, ACCEPTED, LARGEST_BYTES)).toMatch(/10\.1 MB，最多10 MB.*重拍小一点/);
    const pdf = { name: "a.pdf", type: "application/pdf", size: LARGEST_BYTES * 2 };
    expect(problemOfFile(pdf, ACCEPTED, LARGEST_BYTES)).toContain("只留要交的那几页");
    expect(problemOfFile({ ...photo, size: 0 }, ACCEPTED, LARGEST_BYTES)).toContain("空的");
  });

  it("is of a kind the question takes", () => {
    expect(problemOfFile({ ...photo, name: "a.docx", type: "application/msword" }, ACCEPTED, LARGEST_BYTES)).toContain(
      "请拍照，或者选JPG、PNG照片或PDF文件",
    );
    const heic = { ...photo, name: "IMG_2.HEIC", type: "" };
    expect(problemOfFile(heic, ACCEPTED, LARGEST_BYTES)).toContain("HEIC");
    expect(problemOfFile(heic, [...ACCEPTED, "image/heic"], LARGEST_BYTES)).toBeNull();
    expect(kindsInWords(["application/pdf"])).toBe("PDF文件");
  });

  it("has its kind from its name where the phone gives none", () => {
    expect(mediaType({ name: "a.JPEG", type: "" })).toBe("image/jpeg");
    expect(mediaType({ name: "a.pdf", type: "application/octet-stream" })).toBe("application/pdf");
    expect(mediaType({ name: "a", type: "image/heif" })).toBe("image/heic");
    expect(mediaType({ name: "a.jpg", type: "text/html" })).toBe("text/html");
  });

  it("is listed without its name", () => {
    expect(paperInWords("image/png", 1_300_000)).toBe("照片 · 1.3 MB");
    expect(paperInWords("application/pdf", 10)).toBe("PDF文件 · 0.1 MB");
    expect(megabytes(LARGEST_BYTES)).toBe("10");
  });
});

/** As much of an XMLHttpRequest as is used; `act` plays the server. */
class Line {
  status = 0;
  responseText = "";
  opened = "";
  headers: Record<string, string> = {};
  body: ArrayBuffer | null = null;
  upload: { onprogress?: (event: { lengthComputable: boolean; loaded: number; total: number }) => void } = {};
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  onloadend?: () => void;
  constructor(private readonly act: (line: Line) => void) {}
  open(method: string, path: string) {
    this.opened = `${method} ${path}`;
  }
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value;
  }
  send(body: ArrayBuffer) {
    this.body = body;
    this.act(this);
  }
  abort() {
    this.onabort?.();
    this.onloadend?.();
  }
  answer(status: number, body: string) {
    this.status = status;
    this.responseText = body;
    this.onload?.();
    this.onloadend?.();
  }
}

const file = new File(["picture"], "出院 记录.jpg", { type: "image/jpeg" });
const TAKEN = { paper_id: "p1", media_type: "image/jpeg", bytes: 7, button: { title: "传好了", payload: "btn:x" } };

function send(act: (line: Line) => void, signal = new AbortController().signal) {
  const line = new Line(act);
  const shares: number[] = [];
  const newRequest = () => line as unknown as XMLHttpRequest;
  const sent = sendPaper(file, "discharge record", { signal, onShare: (share) => shares.push(share), newRequest });
  return { line, shares, sent };
}
const problemOf = (act: (line: Line) => void) =>
  send(act).sent.then(
    () => null,
    (problem: unknown) => problem as PaperProblem,
  );

describe("a paper that is sent", () => {
  it("goes as it is, says how far it is, and gives the next turn", async () => {
    const { line, shares, sent } = send((line) => {
      line.upload.onprogress?.({ lengthComputable: true, loaded: 3, total: 6 });
      line.upload.onprogress?.({ lengthComputable: false, loaded: 6, total: 0 });
      line.answer(200, JSON.stringify(TAKEN));
    });
    expect(await sent).toEqual(TAKEN);
    expect(line.opened).toBe("POST /chat/paper?paper=discharge%20record");
    expect(line.headers["Content-Type"]).toBe("image/jpeg");
    expect(decodeURIComponent(line.headers["X-File-Name"] ?? "")).toBe("出院 记录.jpg");
    expect(new TextDecoder().decode(line.body as ArrayBuffer)).toBe("picture");
    expect(shares).toEqual([0.5]);
  });

  it("that is refused says so in the server's words, and isn't offered again", async () => {
    expect(await problemOf((line) => line.answer(422, '{"message":"这不是照片。"}'))).toMatchObject({
      message: "这不是照片。",
      canRetry: false,
    });
    const tooBig = await problemOf((line) => line.answer(413, "<html>"));
    expect(tooBig?.message).toContain("太大");
    expect(tooBig?.canRetry).toBe(false);
  });

  it("that met a fault, a crowd or no network can be sent again", async () => {
    expect(await problemOf((line) => line.answer(503, '{"message":"正忙。"}'))).toMatchObject({ message: "正忙。", canRetry: true });
    expect(await problemOf((line) => line.answer(429, '{"message":"太快。"}'))).toMatchObject({ canRetry: true });
    expect(await problemOf((line) => line.answer(502, "<html>"))).toMatchObject({ canRetry: true });
    expect(await problemOf((line) => line.answer(200, "{}"))).toMatchObject({ canRetry: true });
    const offline = await problemOf((line) => line.onerror?.());
    expect(offline?.message).toContain("网络断了");
    expect(offline?.canRetry).toBe(true);
  });

  it("can be broken off", async () => {
    const leaving = new AbortController();
    const { sent } = send(() => leaving.abort(), leaving.signal);
    await expect(sent).rejects.toBeInstanceOf(PaperProblem);
  });
});
