// SPDX-License-Identifier: MIT
//
// What the page's script must be: ES2020, strict, without what would make text into code or HTML.
const forbidden = ["innerHTML", "outerHTML", "insertAdjacentHTML", "write", "writeln", "createContextualFragment", "setHTMLUnsafe"];

export default [
    {
        files: ["**/report.js"],
        languageOptions: {
            ecmaVersion: 2020,
            sourceType: "script",
            globals: { document: "readonly" },
        },
        linterOptions: { reportUnusedDisableDirectives: "error" },
        rules: {
            "array-callback-return": "error",
            "block-scoped-var": "error",
            "consistent-return": "error",
            "default-case-last": "error",
            eqeqeq: "error",
            "no-constant-condition": "error",
            "no-dupe-keys": "error",
            "no-eval": "error",
            "no-fallthrough": "error",
            "no-implied-eval": "error",
            "no-implicit-globals": "error",
            "no-new-func": "error",
            "no-shadow": "error",
            "no-undef": "error",
            "no-unreachable": "error",
            "no-unused-vars": "error",
            "no-use-before-define": "error",
            "no-var": "error",
            "prefer-const": "error",
            "no-restricted-properties": ["error", ...forbidden.map((property) => ({ property }))],
            radix: "error",
            strict: ["error", "global"],
        },
    },
];
