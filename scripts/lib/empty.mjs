// Stands where a package only guards a bundler boundary (server-only).
export {};
