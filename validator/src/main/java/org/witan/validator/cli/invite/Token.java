package org.witan.validator.cli.invite;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.witan.chain.block.GovernanceOperation.Redeem;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.genesis.words.SixWords;

/**
 * An invitation as it is sent: one word that holds the secret, so whoever has it first joins.
 *
 * <p>Written {@code witan1-} and, in URL-safe Base64, the bytes: version u8, network 32, secret 32,
 * role u8, expires u63, address of an API text8 (empty for none), members to ask u16 count of id
 * and endpoint, and the first four bytes of the SHA-256 of all that. One invitation has one word;
 * {@code TokenTest} holds one still.
 *
 * @param network that it is for
 * @param secret the seed of the invitation's key, 32 bytes
 * @param role what the newcomer will do
 * @param expires until when, milliseconds since 1970
 * @param api where a client hands its redemption in; empty for a node
 * @param ask members to link with first, at most 4
 */
@SuppressWarnings("ArrayRecordComponent")
record Token(NetworkId network, byte[] secret, Role role, long expires, String api, List<Ask> ask) {
    static final int MOST_ASKED = 4;
    private static final String BEGINNING = "witan1-";
    private static final int CHECK_BYTES = 4;
    private static final int MOST_TEXT = 4096;

    /**
     * A member to link with.
     *
     * @param id who
     * @param endpoint where
     */
    record Ask(NodeId id, Endpoint endpoint) {
        static final Codec<Ask> CODEC =
                new Codec<>(
                        (ask, out) -> {
                            NodeId.CODEC.write(ask.id, out);
                            Endpoint.CODEC.write(ask.endpoint, out);
                        },
                        in -> new Ask(NodeId.CODEC.read(in), Endpoint.CODEC.read(in)));

        /** As the setting {@code link.join} has it. */
        @Override
        public String toString() {
            return id + "@" + endpoint;
        }
    }

    static final Codec<Token> CODEC =
            new Codec<>(
                    (token, out) -> {
                        NetworkId.CODEC.write(token.network, out.u8(1));
                        out.fixed(token.secret);
                        Role.CODEC.write(token.role, out);
                        out.u63(token.expires).text8(token.api).list16(token.ask, Ask.CODEC);
                    },
                    in -> {
                        in.version(1);
                        return new Token(
                                NetworkId.CODEC.read(in),
                                in.fixed(SigningKey.SEED_BYTES),
                                Role.CODEC.read(in),
                                in.u63(),
                                in.text8(255),
                                in.list16(MOST_ASKED, 2, Ask.CODEC));
                    });

    /** 32 random bytes. */
    static byte[] freshSecret() {
        byte[] secret = new byte[SigningKey.SEED_BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    /** The word to send. */
    String text() {
        byte[] bytes = CODEC.encode(this);
        byte[] all = Arrays.copyOf(bytes, bytes.length + CHECK_BYTES);
        System.arraycopy(check(bytes), 0, all, bytes.length, CHECK_BYTES);
        return BEGINNING + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /**
     * Reads the word.
     *
     * @throws OperatorError BAD_INVITATION if it is none, or not whole
     */
    static Token parse(String word) {
        String text = word.strip();
        if (!text.startsWith(BEGINNING) || text.length() > MOST_TEXT) {
            throw bad("an invitation begins with " + BEGINNING);
        }
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(text.substring(BEGINNING.length()));
        } catch (IllegalArgumentException notBase64) {
            throw bad("it holds a character that no invitation has, or its end is missing");
        }
        byte[] bytes = Arrays.copyOf(all, Math.max(0, all.length - CHECK_BYTES));
        byte[] check = Arrays.copyOfRange(all, bytes.length, all.length);
        if (!Arrays.equals(check(bytes), check)) {
            throw bad("its checksum does not hold: a part is missing or was changed");
        }
        return switch (CODEC.decode(bytes)) {
            case Decoded.Ok<Token>(var token) when token.text().equals(text) -> token;
            case Decoded.Ok<Token> _ -> throw bad("its last letter is another, or more follow");
            case Decoded.Bad<Token>(var _, var why) -> throw bad(why);
        };
    }

    /** The key that the invitation is on the ledger. */
    SigningKey key() {
        return SigningKey.ofSeed(secret);
    }

    /** The network's six words. */
    String words() {
        return SixWords.of(network.hash()).toString();
    }

    /**
     * The transaction that makes the holder of a key a member under this id.
     *
     * @param validUntil last height that may have it; a node that knows none says {@code
     *     Long.MAX_VALUE}, and the invitation's own end bounds it
     */
    Transaction redemption(NodeId id, Signer newcomer, long validUntil) {
        Redeem redeem = Redeem.proving(network, id, key(), newcomer.publicKey());
        Intent intent = new Intent(network, Sender.member(id), 0, 1, validUntil, redeem);
        return Transaction.sign(intent, newcomer);
    }

    /**
     * Refuses it for another network.
     *
     * @param founded what the genesis file founds
     * @throws OperatorError WRONG_NETWORK
     */
    void require(NetworkId founded) {
        if (!network.equals(founded)) {
            throw new OperatorError(
                    ExitCode.VERIFICATION_FAILED,
                    "WRONG_NETWORK",
                    "the invitation is for another network than the genesis file founds",
                    "the invitation is for "
                            + words()
                            + "\nthe file is "
                            + SixWords.of(founded.hash()),
                    "ask who invited you for the genesis.json of " + words());
        }
    }

    private static byte[] check(byte[] bytes) {
        return Arrays.copyOf(Digest.plain().add(bytes).done().toBytes(), CHECK_BYTES);
    }

    private static OperatorError bad(String why) {
        return new OperatorError(
                ExitCode.USAGE,
                "BAD_INVITATION",
                "this is no invitation",
                why,
                "copy the whole word that witan invite create printed");
    }

    @Override
    public String toString() {
        return "invitation to " + words();
    }
}
