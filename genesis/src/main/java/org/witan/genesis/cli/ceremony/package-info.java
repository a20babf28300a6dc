/**
 * {@code witan genesis …}: the ceremony that founds a network, step by step, each on its founder's
 * own machine.
 *
 * <p>Start at {@link org.witan.genesis.cli.ceremony.GenesisCommand}. The documents themselves and
 * their rules are in {@link org.witan.genesis.document}; here are files, arguments and words.
 */
@NullMarked
package org.witan.genesis.cli.ceremony;

import org.jspecify.annotations.NullMarked;
