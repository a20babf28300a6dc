/**
 * The documents of a founding: draft, founder's card, genesis file, endorsement.
 *
 * <p>Start at {@link GenesisFile}: reading one checks everything that can be checked offline and
 * says all problems at once; {@link GenesisFile#founding} is what the ledger starts from. {@link
 * Ceremony} makes a genesis file of cards and endorsements. {@link Proofs} says what each signature
 * covers.
 *
 * <p>Pure: bytes come in and bytes go out. Same inputs, same bytes. Source:
 * docs/protocol/genesis.md, G1 to G12.
 */
@NullMarked
package org.witan.genesis.document;

import org.jspecify.annotations.NullMarked;
