package org.witan.chain.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;

/** A proof shows one thing and nothing else. */
final class ProofTest {
    private final Map<TreeKey, TreePage> pages = new HashMap<>();
    private TreeRoot root = TreeRoot.EMPTY;

    @BeforeEach
    void hundredLeaves() {
        SortedMap<Hash, Optional<Hash>> changes = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            changes.put(hash("path " + i), Optional.of(hash("value " + i)));
        }
        TreeUpdate update = TreeUpdate.apply(key -> Optional.empty(), root, 1, changes);
        pages.putAll(update.added());
        root = update.root();
    }

    @Test
    void showsPresence() {
        Proof proof = prove("path 42");
        assertThat(proof.holds(root.hash(), hash("path 42"), bytes("value 42"))).isTrue();
        assertThat(proof.holds(root.hash(), hash("path 42"), bytes("value 43"))).isFalse();
        assertThat(proof.holds(root.hash(), hash("path 43"), bytes("value 43"))).isFalse();
        assertThat(proof.holds(root.hash(), hash("path 42"), Optional.empty())).isFalse();
        assertThat(proof.holds(hash("other root"), hash("path 42"), bytes("value 42"))).isFalse();
    }

    @Test
    void aProofOfPresenceIsNoneOfAbsence() {
        Proof present = prove("path 42");
        Proof.Other itself = new Proof.Other(hash("path 42"), hash("value 42"));
        Proof twisted = new Proof(itself, present.siblings());
        assertThat(twisted.holds(root.hash(), hash("path 42"), Optional.empty())).isFalse();
    }

    @Test
    void anotherLeafFromElsewhereProvesNoAbsence() {
        Proof there = prove("path 42");
        Proof.Other elsewhere = new Proof.Other(hash("path 42"), hash("value 42"));
        Proof moved = new Proof(elsewhere, there.siblings());
        for (int i = 0; i < 50; i++) {
            Hash absent = hash("absent " + i);
            boolean sameWay = true;
            for (int bit = 0; bit < there.siblings().size(); bit++) {
                sameWay &= absent.bitAt(bit) == hash("path 42").bitAt(bit);
            }
            assertThat(moved.holds(root.hash(), absent, Optional.empty())).isEqualTo(sameWay);
        }
    }

    @Test
    void everyChangedByteIsNoticed() {
        for (String path : new String[] {"path 42", "absent 1", "absent 2", "absent 3"}) {
            boolean present = path.startsWith("path");
            Optional<byte[]> value = present ? bytes("value 42") : Optional.empty();
            byte[] proof = Proof.CODEC.encode(prove(path));
            for (int i = 0; i < proof.length; i++) {
                proof[i] ^= 0x10;
                assertThat(holds(proof, hash(path), value)).as("%s byte %d", path, i).isFalse();
                proof[i] ^= 0x10;
            }
            assertThat(holds(proof, hash(path), value)).isTrue();
        }
    }

    @Test
    void aCountThatCannotFitIsRefused() {
        byte[] proof = Proof.CODEC.encode(prove("path 42"));
        proof[2] = (byte) 255;
        assertThat(Proof.CODEC.decode(proof))
                .isInstanceOfSatisfying(
                        Decoded.Bad.class,
                        bad -> assertThat(bad.why()).isEqualTo("255 siblings cannot fit"));
    }

    private boolean holds(byte[] proof, Hash path, Optional<byte[]> value) {
        return Proof.CODEC.decode(proof) instanceof Decoded.Ok<Proof>(var decoded)
                && decoded.holds(root.hash(), path, value);
    }

    private Proof prove(String path) {
        return Proof.of(key -> Optional.ofNullable(pages.get(key)), root, hash(path));
    }

    private static Optional<byte[]> bytes(String text) {
        return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Hash hash(String text) {
        return Digest.plain().add(text.getBytes(StandardCharsets.UTF_8)).done();
    }
}
