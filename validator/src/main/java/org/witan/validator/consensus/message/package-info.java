/**
 * What validators say to each other to agree, and how it looks in bytes.
 *
 * <p>Start at {@link ConsensusMessage}. Every list has a greatest length that is checked before
 * anything is allocated; that a message decodes says nothing about its signatures.
 *
 * <p>Pure. Source: docs/protocol/consensus.md, section 2.
 */
@NullMarked
package org.witan.validator.consensus.message;

import org.jspecify.annotations.NullMarked;
