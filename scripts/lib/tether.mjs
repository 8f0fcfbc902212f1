// Loaded before a program that a test starts (`--import`): it ends with whoever started it, however that one ends. Its input
// is a pipe that the starter alone holds and never writes to; the system closes it even after kill -9.
process.stdin.on('error', end).on('end', end).on('close', end);
process.stdin.resume();
process.stdin.unref?.();

function end() {
  process.exit(1);
}
