// SPDX-License-Identifier: Apache-2.0

/**
 * The address of a link that comes from a spec, or undefined when it is not
 * one that a click should follow (javascript:, data:, a broken text).
 */
export function safeUrl(text: string): string | undefined {
  try {
    const url = new URL(text);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A path of this page to go to after signing in; anything that could lead to
 * another origin (`//host`, `/\host`, control characters) becomes the start.
 */
export function safeReturn(path: unknown): string {
  if (typeof path !== "string" || path.length > 1024) {
    return "/";
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (!/^\/(?![/\\])[^\\\u0000-\u001f\u007f]*$/.test(path)) {
    return "/";
  }
  return path.startsWith("/sign-in") ? "/" : path;
}
