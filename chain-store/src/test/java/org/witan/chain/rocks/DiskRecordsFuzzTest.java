package org.witan.chain.rocks;

import java.util.List;
import java.util.Optional;
import org.witan.chain.block.VoteKind;
import org.witan.chain.merkle.TreeKey;
import org.witan.chain.rocks.guard.Mark;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.fuzz.FormatsTarget;

/** Records of our own on a disk that may lie. */
final class DiskRecordsFuzzTest extends FormatsTarget {
    DiskRecordsFuzzTest() {
        TestChain chain = new TestChain(TestNetwork.of(4));
        var header = chain.next().block().header();
        format("height", HeightRecord.CODEC, new HeightRecord(header.hash(), 3, header));
        format("place", Place.CODEC, new Place(1, 2, VoteKind.FINALIZE));
        format(
                "replaced",
                Replaced.CODEC,
                new Replaced(List.of(TreeKey.root(3)), List.of(header.hash(), Hash.NONE)));
        format("kept-key", Replaced.Key.CODEC, new Replaced.Key(header.hash(), 7));
        format("kept-value", Replaced.VALUE, Optional.of(new byte[] {1, 2}), Optional.empty());
        format("path", Columns.PATH, StatePath.NAME);
        var ballot = chain.vote(VoteKind.NULLIFY, 6, Hash.NONE).ballot();
        format(
                "mark",
                Mark.CODEC,
                new Mark(5, "00".repeat(16), 1, 9, Optional.of(ballot), 3, header.hash()));
    }
}
