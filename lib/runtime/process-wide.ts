/**
 * One object per process and name, however many copies of a module a bundler or a reload makes. Take it where the module
 * is loaded and keep it: its fields change, the object never does.
 */
export function processWide<T extends object>(name: string, make: () => T): T {
  const shared = globalThis as typeof globalThis & { aigency?: Record<string, object> };
  shared.aigency ??= {};
  shared.aigency[name] ??= make();
  return shared.aigency[name] as T;
}
