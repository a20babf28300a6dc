/**
 * {@code witan devnet}: a whole network on one machine, for trying things out.
 *
 * <p>{@link org.witan.validator.cli.devnet.DevnetFolder} is what stands on disk, so that a network
 * can be ended and started again and a second call can reach into it. Validators are separate
 * processes, known by number and start, or all live in this process. Source: docs/operating/cli.md.
 */
@NullMarked
package org.witan.validator.cli.devnet;

import org.jspecify.annotations.NullMarked;
