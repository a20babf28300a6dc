/**
 * Values of governance as names and values in order, for JSON and for people.
 *
 * <p>Start at {@link Shown}. The HTTP API, the export of the ledger and the commands show the same
 * names.
 */
@NullMarked
package org.witan.chain.shown;

import org.jspecify.annotations.NullMarked;
