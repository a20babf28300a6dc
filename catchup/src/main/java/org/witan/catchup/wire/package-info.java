/**
 * What a node that is behind asks and what others answer, as canonical bytes.
 *
 * <p>Start at {@link CatchupMessage}. A {@link Request} names a number of the asker's choice and
 * the {@link Reply} repeats it. Nothing here is believed because it was said: every reply carries
 * what proves it.
 *
 * <p>Pure. Source: docs/protocol/catchup.md, K1 to K6.
 */
@NullMarked
package org.witan.catchup.wire;

import org.jspecify.annotations.NullMarked;
