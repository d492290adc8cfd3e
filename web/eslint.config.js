import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/"] },
  ...tseslint.configs.strict,
  { files: ["src/**/*.{ts,tsx}"], plugins: { "react-hooks": reactHooks }, rules: {
    "react-hooks/rules-of-hooks": "error",
    "react-hooks/exhaustive-deps": "error",
  } },
  // What people read is in the words.ts files, to be read through and put right in one place.
  // The other two hold patterns, which nobody reads.
  { files: ["src/**/*.{ts,tsx}"], ignores: ["src/**/words.ts", "src/privacy.ts", "src/speech/numbers.ts"], rules: {
    "no-restricted-syntax": ["error", ...["Literal:not([regex])[raw=/[\\u4e00-\\u9fff]/]", "JSXText[value=/[\\u4e00-\\u9fff]/]", "TemplateElement[value.raw=/[\\u4e00-\\u9fff]/]"].map(
      (selector) => ({ selector, message: "Chinese words belong into a words.ts file." }),
    )],
  } },
  { rules: { "max-lines": ["error", { max: 150, skipBlankLines: true }] } },
);
