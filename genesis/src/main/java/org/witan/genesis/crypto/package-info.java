/**
 * Hashes, keys and signatures: the only package that calls a cryptographic library for signing.
 *
 * <p>Start at {@link Purpose}: a signature always says what it is for, so no key ever signs bytes
 * that a stranger chose. {@link Ed25519} is the one signing rule of the network; verifiers of other
 * libraries disagree with it on crafted signatures, so it is never chosen by configuration. {@link
 * Signer} and {@link Verifier} are interfaces for the sake of simulations with cheap signatures.
 *
 * <p>Pure, except that a new key draws from the {@code SecureRandom} that its caller passes.
 * Source: RFC 8032; docs/protocol/encoding.md.
 */
@NullMarked
package org.witan.genesis.crypto;

import org.jspecify.annotations.NullMarked;
