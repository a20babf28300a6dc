/** The store in memory for simulations, and the contract that every store keeps. */
@NullMarked
package org.witan.chain.store;

import org.jspecify.annotations.NullMarked;
