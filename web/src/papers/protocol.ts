/** What travels about the papers of a filing. */
import type { Button } from "../protocol";

export interface UploadedPaper {
  paper_id: string;
  media_type: string;
  bytes: number;
}

/** What a question for a paper holds beside its slot. */
export interface PaperAsk {
  /** Which paper of the kind it is. */
  paper: string;
  required: boolean;
  /** Media types. */
  accept: string[];
  max_bytes: number;
  uploaded: UploadedPaper[];
}

/** The server's answer to a paper it took; the button is the page's next turn. */
export interface TakenPaper extends UploadedPaper {
  button: Button;
}
