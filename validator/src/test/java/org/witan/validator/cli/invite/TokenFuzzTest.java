package org.witan.validator.cli.invite;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.fuzz.Allocation;
import org.witan.genesis.fuzz.FuzzTarget;
import org.witan.genesis.membership.Role;
import org.witan.validator.cli.invite.Token.Ask;

/**
 * The word of an invitation, as a stranger sends it: one invitation has one word. A first byte of 1
 * has the word made around the bytes, since nobody guesses a checksum; 2 is a member to ask alone.
 */
final class TokenFuzzTest extends FuzzTarget {
    @Override
    protected void take(byte[] input) throws Exception {
        if (input.length > 0) {
            byte[] rest = Arrays.copyOfRange(input, 1, input.length);
            Allocation.bounded(rest, () -> take(input[0], rest));
        }
    }

    private static void take(byte kind, byte[] bytes) {
        switch (kind) {
            case 1 -> parse(word(bytes));
            case 2 -> ask(bytes);
            default -> parse(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private static void parse(String word) {
        try {
            Token token = Token.parse(word);
            if (!token.text().equals(word.strip())) {
                throw new AssertionError("another word of " + token);
            }
            printable(token + " " + token.role() + token.ask());
        } catch (OperatorError refused) {
            printable(refused.what() + refused.why() + refused.fix());
            if (refused.why().isBlank()) {
                throw new AssertionError("refused without a reason", refused);
            }
        }
    }

    private static void ask(byte[] bytes) {
        if (Ask.CODEC.decode(bytes) instanceof Decoded.Ok<Ask>(var ask)) {
            same(Ask.CODEC, ask, bytes);
            printable(ask.toString());
        }
    }

    private static <T> void same(Codec<T> codec, T value, byte[] bytes) {
        if (!Arrays.equals(codec.encode(value), bytes)) {
            throw new AssertionError("another encoding of " + value);
        }
    }

    private static void printable(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new AssertionError("what a terminal would obey: " + text);
        }
    }

    /** The word that these bytes make, with the checksum that they need. */
    private static String word(byte[] bytes) {
        byte[] check = Digest.plain().add(bytes).done().toBytes();
        byte[] all = Arrays.copyOf(bytes, bytes.length + 4);
        System.arraycopy(check, 0, all, bytes.length, 4);
        return "witan1-" + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    @Override
    protected Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        seeds.put("word", seed(0, TokenTest.TOKEN.text().getBytes(StandardCharsets.US_ASCII)));
        seeds.put("made-word", seed(1, Token.CODEC.encode(TokenTest.TOKEN)));
        Token other =
                new Token(
                        TokenTest.TOKEN.network(),
                        TokenTest.TOKEN.secret(),
                        Role.CLIENT,
                        1,
                        "::1",
                        List.of());
        seeds.put("made-word-for-a-client", seed(1, Token.CODEC.encode(other)));
        seeds.put("ask", seed(2, Ask.CODEC.encode(TokenTest.TOKEN.ask().getFirst())));
        return seeds;
    }
}
