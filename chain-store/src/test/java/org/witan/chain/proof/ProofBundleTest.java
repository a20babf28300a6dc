package org.witan.chain.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Golden;
import org.witan.chain.block.VoteKind;
import org.witan.chain.merkle.Proof;
import org.witan.chain.state.GenesisState;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.MemoryStore;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.NodeId;

/** A bundle needs the genesis and nothing else, and proves one thing. */
final class ProofBundleTest {
    private static final StatePath PRESENT = StatePath.member(new NodeId("v3"));
    private static final StatePath ABSENT = StatePath.member(new NodeId("nobody"));

    private final TwoEpochs two = new TwoEpochs();
    private final Founding founding = two.network.founding();

    @Test
    void provesPresenceAndAbsenceAcrossEpochsAndDescendants() {
        assertThat(problem(two.bundle(PRESENT))).isEmpty();
        assertThat(problem(two.bundle(ABSENT))).isEmpty();
    }

    @Test
    void provesTheGenesisStateWithoutAnySignature() {
        BlockHeader genesis = GenesisState.genesisBlock(founding).header();
        ProofBundle bundle = two.bundle(PRESENT);
        assertThat(problem(with(bundle, List.of(), genesis, List.of(), Optional.empty())))
                .isEmpty();
        Founding other = TestNetwork.named("other", 4).founding();
        assertThat(
                        with(bundle, List.of(), genesis, List.of(), Optional.empty())
                                .problem(other, Ed25519.VERIFIER))
                .contains("the header of height 0 is not that of this genesis");
    }

    @Test
    void saysWhatIsWrong() {
        ProofBundle good = two.bundle(PRESENT);
        Optional<Certificate> old = Optional.of(two.finalization(two.first, two.eight));
        Optional<Certificate> notary =
                Optional.of(
                        two.network.certificate(
                                VoteKind.NOTARIZE, two.second, 8, two.eight.hash()));
        assertThat(problem(with(good, List.of(), two.six, good.descendants(), good.finalization())))
                .contains("header 6 does not belong to epoch 1");
        assertThat(problem(with(good, good.links(), two.six, good.descendants(), old)))
                .contains("the finalization: made in another epoch");
        assertThat(problem(with(good, good.links(), two.six, good.descendants(), notary)))
                .contains("the finalization is for something else");
        assertThat(
                        problem(
                                with(
                                        good,
                                        good.links(),
                                        two.six,
                                        List.of(two.eight),
                                        good.finalization())))
                .contains("header 8 does not follow");
        assertThat(problem(with(good, good.links(), two.six, List.of(), Optional.empty())))
                .contains("there is no finalization");
    }

    @Test
    void saysWhatIsWrongWithALink() {
        ProofBundle good = two.bundle(PRESENT);
        EpochLink unsigned =
                new EpochLink(2, two.boundary, Optional.empty(), two.second.configuration());
        assertThat(
                        problem(
                                with(
                                        good,
                                        List.of(unsigned),
                                        two.six,
                                        good.descendants(),
                                        good.finalization())))
                .contains("link to epoch 2: there is no finalization");
        EpochLink forged =
                new EpochLink(2, two.boundary, two.link.finalization(), two.first.configuration());
        assertThat(
                        problem(
                                with(
                                        good,
                                        List.of(forged),
                                        two.six,
                                        good.descendants(),
                                        good.finalization())))
                .contains("link to epoch 2: the boundary names another configuration");
    }

    @Test
    void aValueMovedToAnotherPathIsRefused() {
        ProofBundle good = two.bundle(PRESENT);
        StatePath elsewhere = StatePath.member(new NodeId("v4"));
        Proof there = two.bundle(elsewhere).proof();
        ProofBundle moved =
                new ProofBundle(
                        good.links(),
                        good.header(),
                        good.descendants(),
                        good.finalization(),
                        elsewhere,
                        good.value(),
                        there);
        assertThat(problem(moved))
                .contains("the value at member/v4 does not lead to the state root of height 6");
    }

    @Test
    void everyByteOfTheBinaryFormIsSignificant() {
        for (StatePath path : List.of(PRESENT, ABSENT)) {
            byte[] file = ProofFile.binary(two.bundle(path));
            assertMatters(file, 0, file.length, 1);
        }
    }

    @Test
    void everyByteOfTheJsonFormIsSignificant() {
        for (StatePath path : List.of(PRESENT, ABSENT)) {
            byte[] file = ProofFile.json(two.bundle(path));
            int hex = new String(file, StandardCharsets.UTF_8).indexOf("\"bundle\"") + 11;
            assertMatters(file, 0, hex, 1);
            // The digits are the binary form again, of which every byte is tried above.
            assertMatters(file, hex, file.length - 4, 7);
            assertMatters(file, file.length - 4, file.length, 1);
        }
    }

    private void assertMatters(byte[] file, int from, int to, int step) {
        assertThat(verifies(file)).isTrue();
        for (int i = from; i < to; i += step) {
            // In hex digits, bit 5 also makes capital letters of small ones.
            file[i] ^= 0x20;
            assertThat(verifies(file)).as("byte %d", i).isFalse();
            file[i] ^= 0x20;
        }
        assertThat(verifies(java.util.Arrays.copyOf(file, file.length - 1))).isFalse();
        assertThat(verifies(java.util.Arrays.copyOf(file, file.length + 1))).isFalse();
    }

    @Test
    void theBinaryFormIsHeldStill() {
        Golden.check(ProofBundleTest.class, "bundle.v1", ProofBundle.CODEC, two.bundle(PRESENT));
    }

    @Test
    void theJsonShowsWhatTheBundleSays() {
        String json = new String(ProofFile.json(two.bundle(PRESENT)), StandardCharsets.UTF_8);
        assertThat(json)
                .contains("\"height\": 6", "\"path\": \"member/v3\"", "\"present\": true")
                .contains(two.six.hash().hex());
    }

    @Test
    void noTextIsTooStrange() {
        for (String text :
                new String[] {"", "{", "{}", "{\"bundle\": \"\"\n}\n", "\u0001", "[1]"}) {
            assertThat(ProofFile.read(text.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(Decoded.Bad.class);
        }
    }

    @Test
    void aLedgerMakesBundlesOfItsStates() {
        MemoryStore store = new MemoryStore(founding);
        TestChain chain = new TestChain(two.network);
        store.apply(List.of(chain.next(two.network.put(1, "colour", "red"))), true);
        store.apply(
                List.of(
                        chain.next(List.of(two.network.put(2, "colour", "blue")), false),
                        chain.next()),
                true);
        StatePath colour = StatePath.entry(new NodeId("v1"), "colour");

        assertThat(problem(ProofBundles.atTip(store, colour))).isEmpty();
        for (long height = 0; height <= 3; height++) {
            ProofBundle bundle = ProofBundles.at(store, height, colour);
            assertThat(problem(bundle)).as("height %d", height).isEmpty();
            assertThat(bundle.value().isPresent()).isEqualTo(height > 0);
        }
        assertThat(ProofBundles.at(store, 2, colour).descendants()).hasSize(1);
        assertThat(
                        new String(
                                ProofFile.json(ProofBundles.atTip(store, colour)),
                                StandardCharsets.UTF_8))
                .contains("\"entryVersion\": 2");
    }

    private static ProofBundle with(
            ProofBundle from,
            List<EpochLink> links,
            BlockHeader header,
            List<BlockHeader> descendants,
            Optional<Certificate> finalization) {
        return new ProofBundle(
                links, header, descendants, finalization, from.path(), from.value(), from.proof());
    }

    private Optional<String> problem(ProofBundle bundle) {
        return bundle.problem(founding, Ed25519.VERIFIER);
    }

    private boolean verifies(byte[] file) {
        return ProofFile.read(file) instanceof Decoded.Ok<ProofBundle>(var bundle)
                && problem(bundle).isEmpty();
    }
}
