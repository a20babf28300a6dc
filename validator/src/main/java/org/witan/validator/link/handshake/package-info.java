/**
 * The handshake WLH/1: two nodes prove to each other who they are and agree on keys.
 *
 * <p>Pure: time, fresh secrets and what is known of others are arguments. Source:
 * docs/protocol/link.md, rules H1 to H9.
 */
@NullMarked
package org.witan.validator.link.handshake;

import org.jspecify.annotations.NullMarked;
