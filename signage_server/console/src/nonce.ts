/** The nonce of this answer: styles that are made at run time must carry it (see docs/console.md). */
export const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";

// react-remove-scroll, which Mantine's modals use, looks for the nonce under this name.
Object.assign(globalThis, { __webpack_nonce__: nonce });
