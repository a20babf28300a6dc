/**
 * Files that commands read and write: bounded reading, atomic writing, and secrets that only their
 * owner can read.
 *
 * <p>Every failure is an {@link org.witan.genesis.failure.OperatorError} that names the file and
 * says what to try. Any thread.
 */
@NullMarked
package org.witan.genesis.file;

import org.jspecify.annotations.NullMarked;
