/** What the tests of all modules share: golden files. */
@NullMarked
package org.witan.genesis;

import org.jspecify.annotations.NullMarked;
