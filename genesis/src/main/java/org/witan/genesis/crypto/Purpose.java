package org.witan.genesis.crypto;

import java.nio.charset.StandardCharsets;

/**
 * What a signature is for. The signed bytes are the tag in ASCII, a zero byte, the content.
 *
 * <p>The content starts with the network id wherever one exists already, so that a signature of one
 * network or of one purpose never serves in another.
 */
public enum Purpose {
    /** A validator key's proof of possession in a founder's card. */
    VALIDATOR_PROOF("witan/proof/validator/1"),
    /** A governance or recovery key's proof of possession. */
    ORGANISATION_PROOF("witan/proof/organisation/1"),
    /** Proof that the holder of a new member's key wants to join a running network. */
    MEMBER_PROOF("witan/proof/member/1"),
    /** Proof that whoever gets a new key holds it. */
    KEY_PROOF("witan/proof/key/1"),
    /** Proof that a new organisation holds its governance and its recovery key. */
    SEAT_PROOF("witan/proof/seat/1"),
    /** An organisation's consent to a genesis. */
    ENDORSEMENT("witan/endorsement/1"),
    /** A vote of consensus. */
    VOTE("witan/vote/1"),
    /** A transaction. */
    TRANSACTION("witan/tx/1"),
    /** The initiator's side of a link's handshake. */
    LINK_INITIATOR("wlh1 initiator signature"),
    /** The responder's side of a link's handshake. */
    LINK_RESPONDER("wlh1 responder signature"),
    /** Proof of an invitation's secret, for one newcomer's id and key. */
    INVITATION_PROOF("witan/proof/invitation/1");

    private final byte[] prefix;

    Purpose(String tag) {
        prefix = (tag + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    /** The bytes to sign for this purpose: tag, zero byte, content. */
    public byte[] bind(byte[] content) {
        byte[] bound = new byte[prefix.length + content.length];
        System.arraycopy(prefix, 0, bound, 0, prefix.length);
        System.arraycopy(content, 0, bound, prefix.length, content.length);
        return bound;
    }
}
