/**
 * The part of the command line that needs nothing but files: founding a network and its keys.
 *
 * <p>Also what all verbs of all modules share: {@link org.witan.genesis.cli.GlobalOptions} (where
 * data and talk go, text or JSON), {@link org.witan.genesis.cli.Failures} (three lines and an exit
 * code for every failure) and {@link org.witan.genesis.cli.Json}.
 */
@NullMarked
package org.witan.genesis.cli;

import org.jspecify.annotations.NullMarked;
