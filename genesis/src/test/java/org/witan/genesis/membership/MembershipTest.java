package org.witan.genesis.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.genesis.Golden;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.PublicKey;

/** Who belongs, how it is written in bytes, and how many decide. */
class MembershipTest {
    private static final Configuration CONFIGURATION =
            new Configuration(
                    1,
                    Rules.DEFAULT,
                    List.of(
                            new Validator(new NodeId("dune-1"), 0, key(4)),
                            new Validator(new NodeId("acme-1"), 7, key(1)),
                            new Validator(new NodeId("birch-1"), 0, key(2))));
    private static final Member MEMBER =
            new Member(
                    new NodeId("acme-1"),
                    new NodeId("acme"),
                    Role.GATEWAY,
                    Member.Status.LEARNER,
                    3,
                    key(1),
                    List.of(Endpoint.parse("ws://acme.example:7400"), new Endpoint("[::1]", 1)));
    private static final Organisation ORGANISATION =
            new Organisation(new NodeId("acme"), "Ácme Ltd", 2, key(5), key(6));

    @Test
    void keepsTheGoldenBytes() {
        checkGolden("configuration.v1.hex", Configuration.CODEC, CONFIGURATION);
        checkGolden("member.v1.hex", Member.CODEC, MEMBER);
        checkGolden("organisation.v1.hex", Organisation.CODEC, ORGANISATION);
        assertThat(CONFIGURATION.hash().hex())
                .isEqualTo(Epoch.of(1, CONFIGURATION).configHash().hex())
                .isNotEqualTo(
                        new Configuration(2, Rules.DEFAULT, CONFIGURATION.validators())
                                .hash()
                                .hex());
    }

    private static <T> void checkGolden(String name, Codec<T> codec, T value) {
        Golden.hex(MembershipTest.class, name, codec.encode(value));
        byte[] golden = Golden.bytes(MembershipTest.class, name);
        assertThat(codec.decode(golden)).isEqualTo(new Decoded.Ok<>(value));
    }

    /** Cut anywhere or with a byte more it is refused; with a byte changed it never reads alike. */
    @Test
    void hasOneEncodingOnly() {
        checkEncoding(Configuration.CODEC, CONFIGURATION);
        checkEncoding(Member.CODEC, MEMBER);
        checkEncoding(Organisation.CODEC, ORGANISATION);
    }

    private static <T> void checkEncoding(Codec<T> codec, T value) {
        byte[] good = codec.encode(value);
        for (int length = 0; length < good.length; length++) {
            assertThat(codec.decode(Arrays.copyOf(good, length))).isInstanceOf(Decoded.Bad.class);
        }
        assertThat(codec.decode(Arrays.copyOf(good, good.length + 1)))
                .isInstanceOf(Decoded.Bad.class);
        for (int i = 0; i < good.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = good.clone();
                changed[i] ^= (byte) (1 << bit);
                if (codec.decode(changed) instanceof Decoded.Ok<T>(var other)) {
                    assertThat(other).isNotEqualTo(value);
                    assertThat(codec.encode(other)).isEqualTo(changed);
                }
            }
        }
    }

    @Test
    void sortsAValidatorSetAndFindsItsMembers() {
        assertThat(CONFIGURATION.validators())
                .extracting(v -> v.id().value())
                .containsExactly("acme-1", "birch-1", "dune-1");
        assertThat(CONFIGURATION.indexOf(new NodeId("dune-1"))).hasValue(2);
        assertThat(CONFIGURATION.indexOf(new NodeId("cedar-1"))).isEmpty();
        Validator twice = CONFIGURATION.validators().getFirst();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Configuration(1, Rules.DEFAULT, List.of(twice, twice)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Configuration(1, Rules.DEFAULT, List.of()));
    }

    @Test
    void refusesAnEncodedSetThatIsNotAscending() {
        byte[] good = Configuration.CODEC.encode(CONFIGURATION);
        byte[] swapped = good.clone();
        // The last id becomes the smallest one of its length.
        int at = good.length - 32 - 4 - "dune-1".length();
        System.arraycopy(
                "a-cme1".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, swapped, at, 6);
        assertThat(Configuration.CODEC.decode(swapped)).isInstanceOf(Decoded.Bad.class);
    }

    @Test
    void countsQuorums() {
        int[] known = {1, 2, 2, 3, 4, 4, 5, 6, 6, 7};
        for (int n = 1; n <= 100; n++) {
            Quorum quorum = new Quorum(n);
            int f = quorum.faults();
            int q = quorum.size();
            assertThat(3 * f + 1 <= n && 3 * (f + 1) + 1 > n).as("f at n=%d", n).isTrue();
            assertThat(2 * q - n).as("overlap at n=%d", n).isGreaterThanOrEqualTo(f + 1);
            assertThat(n - f).as("honest quorum at n=%d", n).isGreaterThanOrEqualTo(q);
            assertThat(q - f).as("honest part at n=%d", n).isGreaterThanOrEqualTo(f + 1);
            assertThat(quorum.oneHonest()).isEqualTo(f + 1);
            if (n <= known.length) {
                assertThat(q).isEqualTo(known[n - 1]);
            }
        }
        assertThat(new Quorum(100).size()).isEqualTo(67);
        assertThatIllegalArgumentException().isThrownBy(() -> new Quorum(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "a-",
                "-",
                "A",
                "a_b",
                "a.b",
                "a b",
                "é",
                "a\n",
                "a23456789-123456789-123456789-123456789-123456789-123456789-1234"
            })
    void refusesIds(String id) {
        assertThat(NodeId.isValid(id)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new NodeId(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "0",
                "a-b",
                "a--b",
                "a23456789-123456789-123456789-123456789-123456789-123456789-123"
            })
    void acceptsIds(String id) {
        assertThat(new NodeId(id)).hasToString(id);
    }

    @ParameterizedTest
    @CsvSource({
        "ws://acme.example:7400,acme.example,7400",
        "ws://10.0.0.1:1,10.0.0.1,1",
        "ws://[2001:db8::1]:65535,[2001:db8::1],65535"
    })
    void readsEndpoints(String text, String host, int port) {
        assertThat(Endpoint.parse(text)).isEqualTo(new Endpoint(host, port)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ws://",
                "ws://:1",
                "ws://a",
                "ws://a:",
                "ws://a:0",
                "ws://a:65536",
                "ws://a:007",
                "ws://a:+1",
                "wss://a:1",
                "http://a:1",
                "ws://a/b:1",
                "ws://u@a:1",
                "ws://a b:1",
                "ws://2001:db8::1:1",
                "ws://[]:1",
                "ws://a:1/",
                "ws://a:99999999999"
            })
    void refusesEndpoints(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.parse(text));
    }

    @Test
    void namesEachRuleThatIsOutOfItsRange() {
        assertThat(Rules.DEFAULT.problems()).isEmpty();
        Rules low = new Rules(9, 65_535, 0, -1, 0, 1023, 9, 0);
        Rules high = new Rules(10_001, 4_194_305, 65_536, 10_001, 86_401, 196_609, 10_000_001, 101);
        assertThat(low.problems()).hasSize(8).first().asString().contains("10 to 10000");
        assertThat(high.problems()).hasSize(8);
        byte[] bad = Rules.CODEC.encode(new Rules(9, 65_536, 1, 0, 1, 1024, 10, 1));
        assertThat(Rules.CODEC.decode(bad)).isInstanceOf(Decoded.Bad.class);
    }

    @Test
    void refusesMoreThanAHundredValidators() {
        List<Validator> many = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            many.add(new Validator(new NodeId("v" + i), 0, key(i)));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Configuration(1, Rules.DEFAULT, many));
    }

    private static PublicKey key(int first) {
        byte[] bytes = new byte[PublicKey.SIZE_BYTES];
        bytes[0] = (byte) first;
        return PublicKey.of(bytes);
    }
}
