/** What the exit codes of the command mean; `faultline --help` lists them. */
export const EXIT = {
  /** Nothing to complain about. */
  fine: 0,
  /** Findings at or above `--fail-on`, or a missed expectation. */
  failed: 1,
  /** The command cannot be carried out: wrong arguments, or a file that cannot be used. */
  misuse: 2,
  /** Stopped by Ctrl-C; what was there by then is printed. 128 and the number of the signal. */
  interrupted: 130,
  /** A defect of Faultline; the number is `EX_SOFTWARE` of sysexits.h. */
  internal: 70,
} as const;

/** A sentence for the user about what to do differently; ends the command with `EXIT.misuse`. */
export class Misuse extends Error {
  override readonly name = 'Misuse';
}
