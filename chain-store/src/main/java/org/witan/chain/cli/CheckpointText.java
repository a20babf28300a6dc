package org.witan.chain.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.proof.Checkpoint;
import org.witan.genesis.words.SixWords;

/** What an operator is shown of a checkpoint. */
public final class CheckpointText {
    private CheckpointText() {}

    /** A few lines, the words to compare among them. */
    public static List<String> lines(Checkpoint checkpoint) {
        BlockHeader header = checkpoint.header();
        return List.of(
                "checkpoint: block %d of %s, epoch %d, %d validators"
                        .formatted(
                                header.height(),
                                header.networkId().shortName(),
                                header.epoch(),
                                checkpoint.configuration().validators().size()),
                "block: " + header.hash(),
                "words: " + SixWords.of(header.hash()));
    }

    /** The same for programs. */
    public static Map<String, Object> json(Checkpoint checkpoint) {
        BlockHeader header = checkpoint.header();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("network", header.networkId().toString());
        json.put("height", header.height());
        json.put("timestampMillis", header.timestampMillis());
        json.put("epoch", header.epoch());
        json.put("block", header.hash().hex());
        json.put("words", SixWords.of(header.hash()).toString());
        json.put("stateRoot", header.stateRoot().hex());
        return json;
    }
}
