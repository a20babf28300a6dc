/**
 * The verbs that ask one node over HTTP and show its answer: {@code status}, {@code why}, {@code
 * peer}, {@code ledger}, {@code entry}.
 *
 * <p>With {@code -o json} an answer is passed on as the node gave it, so that scripts see what the
 * HTTP API documents. {@link org.witan.validator.cli.ask.Asked} decides which node is asked.
 */
@NullMarked
package org.witan.validator.cli.ask;

import org.jspecify.annotations.NullMarked;
