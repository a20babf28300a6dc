package org.witan.chain.rocks;

import java.util.List;
import java.util.Optional;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.VoteKind;
import org.witan.chain.merkle.TreeKey;
import org.witan.chain.rocks.Columns.Spot;
import org.witan.chain.rocks.Columns.Suspect;
import org.witan.chain.rocks.guard.Mark;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.Base;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.fuzz.FormatsTarget;

/** Records of our own on a disk that may lie. */
final class DiskRecordsFuzzTest extends FormatsTarget {
    DiskRecordsFuzzTest() {
        TestNetwork network = TestNetwork.of(4);
        TestChain chain = new TestChain(network);
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
        format("number", Columns.NUMBER, 5L);
        format("name", Columns.NAME, "größe");
        format("value", Columns.BYTES, new byte[] {1, 2});
        Receipt receipt = new Receipt(Receipt.Outcome.values()[0], 9);
        format("receipts", Columns.RECEIPTS, List.of(receipt, receipt));
        format("spot", Columns.SPOT, new Spot(7, 2));
        format("suspect", Suspect.CODEC, new Suspect(1, 6, 3));
        EpochLink founding =
                new EpochLink(
                        1,
                        header,
                        Optional.empty(),
                        network.founding().firstEpoch().configuration());
        Certificate finalization = chain.certificate(VoteKind.FINALIZE, 1, header.hash());
        format("base", Base.CODEC, new Base(List.of(founding), header, finalization));
    }
}
