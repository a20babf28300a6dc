package org.witan.chain.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Evidence;
import org.witan.chain.block.Sender;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.membership.NodeId;

/**
 * The name of one value of the network state: 1 to 256 bytes of UTF-8, ordered as unsigned bytes.
 *
 * <p>Wire: a u16 length and the bytes.
 */
public final class StatePath implements Comparable<StatePath> {
    /** Longest path in bytes. */
    public static final int MAX_BYTES = 256;

    /** See the type. */
    public static final Codec<StatePath> CODEC =
            new Codec<>(
                    (path, out) -> out.bytes16(path.bytes),
                    in -> {
                        String text = in.text16(MAX_BYTES);
                        if (text.isEmpty()) {
                            throw in.refuse("an empty path");
                        }
                        return new StatePath(text);
                    });

    /** All that consensus reads, as one {@code Configuration}. */
    public static final StatePath CONFIGURATION = new StatePath("network/configuration");

    /** The name that the genesis gave the network, in UTF-8. */
    public static final StatePath NAME = new StatePath("network/name");

    /** The organisations that decide and the open changes, as a {@code Council}. */
    public static final StatePath COUNCIL = new StatePath("network/council");

    /** The configuration before the one in force; none in the first epoch. */
    public static final StatePath PREVIOUS_CONFIGURATION =
            new StatePath("network/previous-configuration");

    /** The upgrade plan that was approved last, as an {@code UpgradePlan}. */
    public static final StatePath UPGRADE = new StatePath("network/upgrade");

    /** The members that run a node and do not vote, as {@code Followers}; none if empty. */
    public static final StatePath FOLLOWERS = new StatePath("network/followers");

    /** The beginning of all paths of members. */
    public static final StatePath MEMBERS = new StatePath("member/");

    /** The beginning of all paths of organisations. */
    public static final StatePath ORGANISATIONS = new StatePath("organisation/");

    /** The beginning of all paths of changes. */
    public static final StatePath CHANGES = new StatePath("change/");

    /** No path stands before this one. */
    public static final StatePath FIRST = new StatePath("\0");

    private final byte[] bytes;

    /** Computed when it is first asked for; a race only computes it twice. */
    private @Nullable Hash hash;

    private StatePath(String text) {
        bytes = text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A path of its written form.
     *
     * @throws IllegalArgumentException unless it has 1 to 256 bytes of UTF-8
     */
    public static StatePath parse(String text) {
        StatePath path = new StatePath(text);
        if (path.bytes.length == 0 || path.bytes.length > MAX_BYTES || !path.text().equals(text)) {
            throw new IllegalArgumentException("a path has 1 to 256 bytes of UTF-8");
        }
        return path;
    }

    /** Where a {@code Member} is recorded. */
    public static StatePath member(NodeId id) {
        return new StatePath("member/" + id);
    }

    /** Where an {@code Organisation} is recorded. */
    public static StatePath organisation(NodeId id) {
        return new StatePath("organisation/" + id);
    }

    /** Where a {@code Proposal} is recorded; the number has 19 digits, so that paths sort. */
    public static StatePath change(long number) {
        return numbered("change/", number);
    }

    /** Where an {@code UpgradePlan} is recorded that another one has followed. */
    public static StatePath upgrade(long number) {
        return numbered("upgrade/", number);
    }

    private static StatePath numbered(String beginning, long number) {
        String digits = Long.toString(number);
        return new StatePath(beginning + "0".repeat(19 - digits.length()) + digits);
    }

    /** Where a {@code Member} that was removed is recorded, as it was last. */
    public static StatePath former(NodeId id) {
        return new StatePath("former/" + id);
    }

    /** Where an {@code Organisation} that was removed is recorded, as it was last. */
    public static StatePath formerOrganisation(NodeId id) {
        return new StatePath("former-organisation/" + id);
    }

    /** Where what a member last said of itself is recorded, as an {@code Attestation}. */
    public static StatePath attestation(NodeId id) {
        return new StatePath("attestation/" + id);
    }

    /** Where {@code Evidence} is recorded: one value for signer, epoch, view and offence. */
    public static StatePath evidence(NodeId signer, Evidence evidence) {
        Ballot ballot = evidence.first().ballot();
        return new StatePath(
                evidenceOf(signer).text()
                        + ballot.epoch()
                        + "/"
                        + ballot.view()
                        + "/"
                        + evidence.offence().orElseThrow().ordinal());
    }

    /** The beginning of all paths of evidence against a member. */
    public static StatePath evidenceOf(NodeId signer) {
        return new StatePath("evidence/" + signer + "/");
    }

    /** There is a value, the key number, while a validator did not attest with its present key. */
    public static StatePath unattested(NodeId id) {
        return new StatePath("unattested/" + id);
    }

    /** The beginning of all paths of invitations. */
    public static final StatePath INVITATIONS = new StatePath("invite/");

    /** How many members an invitation admitted and nobody else, in decimal digits; none if 0. */
    public static final StatePath INVITED = new StatePath("network/invited");

    /** Where an {@code Invitation} is recorded, by the public half of its secret; for ever. */
    public static StatePath invitation(PublicKey key) {
        return new StatePath("invite/" + HexFormat.of().formatHex(key.toBytes()));
    }

    /** Where the {@code OpenInvitations} of a member are recorded. */
    public static StatePath inviting(NodeId id) {
        return new StatePath("inviting/" + id);
    }

    /** The key, 32 bytes, of the invitation that a member is there by; none for other members. */
    public static StatePath invited(NodeId id) {
        return new StatePath("invited/" + id);
    }

    /** Where the holder of a key is recorded, as the written form of a sender; for ever. */
    public static StatePath key(PublicKey key) {
        return new StatePath("key/" + HexFormat.of().formatHex(key.toBytes()));
    }

    /** Where a rule's number is recorded, in decimal digits. */
    public static StatePath rule(String name) {
        return parse("rule/" + name);
    }

    /** Where the nonces that a sender has used are recorded, as a {@link NonceWindow}. */
    public static StatePath window(Sender sender) {
        return new StatePath("window/" + sender);
    }

    /**
     * Where an {@link Entry} is recorded.
     *
     * @param key as in an operation, 1 to 128 bytes
     */
    public static StatePath entry(NodeId owner, String key) {
        return new StatePath("entry/" + owner + "/" + key);
    }

    /** The beginning of all paths of a member's entries. */
    public static StatePath entriesOf(NodeId owner) {
        return new StatePath("entry/" + owner + "/");
    }

    /** The written form. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The bytes, a fresh array. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** SHA-256 of the bytes: the place in the tree. */
    public Hash hash() {
        Hash known = hash;
        if (known == null) {
            known = Digest.plain().add(bytes).done();
            hash = known;
        }
        return known;
    }

    /** Whether this path begins with all bytes of {@code prefix}. */
    public boolean startsWith(StatePath prefix) {
        int length = prefix.bytes.length;
        return bytes.length >= length && Arrays.equals(bytes, 0, length, prefix.bytes, 0, length);
    }

    @Override
    public int compareTo(StatePath other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StatePath path && Arrays.equals(bytes, path.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return text();
    }
}
