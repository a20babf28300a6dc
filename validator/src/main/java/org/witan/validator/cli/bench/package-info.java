/**
 * {@code witan bench}: signed puts through real nodes, and how long each takes until it is final.
 *
 * <p>Closed loop: every client hands in its next put when the last one is final. Open loop: puts
 * are due at a fixed rate, and a put's time counts from the moment at which it was due, so that a
 * stall of the network is charged to every put that it held up (no coordinated omission). Source:
 * docs/operating/cli.md.
 */
@NullMarked
package org.witan.validator.cli.bench;

import org.jspecify.annotations.NullMarked;
