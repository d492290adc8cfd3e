import { createContext, type MutableRefObject } from "react";

/** The filing number last asked for, so that a mistake elsewhere doesn't cost typing 21 digits again. It is no secret. */
export const KeptNumber = createContext<MutableRefObject<string>>({ current: "" });
