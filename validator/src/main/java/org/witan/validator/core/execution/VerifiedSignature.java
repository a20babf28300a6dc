package org.witan.validator.core.execution;

import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Signature;

/**
 * A transaction's signature that was verified outside the node loop.
 *
 * @param id the transaction
 * @param signature its signature, which the id does not cover
 * @param key the key that it holds under
 */
public record VerifiedSignature(Hash id, Signature signature, PublicKey key) {}
