/** {@code witan key …}: key files of nodes and organisations. */
@NullMarked
package org.witan.genesis.cli.key;

import org.jspecify.annotations.NullMarked;
