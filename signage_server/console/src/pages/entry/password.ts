/** Characters that a password needs; the server judges the rest. */
export const passwordLeast = 12;
