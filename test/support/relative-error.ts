/** |value - exact| / |exact|; the plain distance where exact is 0. */
export function relativeError(value: number, exact: number): number {
  return Math.abs(value - exact) / (exact === 0 ? 1 : Math.abs(exact));
}
