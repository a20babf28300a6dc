/**
 * The verbs that make, run and end one node as a process: {@code init}, {@code start}, {@code
 * stop}.
 *
 * <p>Here are the process's identity on this machine (a file with its number and its start), its
 * signals and its log. What the node does between start and end is the package {@code node}'s.
 */
@NullMarked
package org.witan.validator.cli.node;

import org.jspecify.annotations.NullMarked;
