package org.witan.chain.proof;

import java.util.HexFormat;
import java.util.List;
import org.witan.chain.block.BlockHeader;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.json.JsonText;
import org.witan.genesis.json.Value;

/** The two forms of a checkpoint in a file, by the same rule as those of a proof (P3). */
public final class CheckpointFile {
    private static final ShownBytes<Checkpoint> FORM =
            new ShownBytes<>("checkpoint", Checkpoint.CODEC, CheckpointFile::json);

    private CheckpointFile() {}

    /** The binary form. */
    public static byte[] binary(Checkpoint checkpoint) {
        return Checkpoint.CODEC.encode(checkpoint);
    }

    /** The JSON form, UTF-8. */
    public static byte[] json(Checkpoint checkpoint) {
        BlockHeader header = checkpoint.header();
        List<String> validators =
                checkpoint.configuration().validators().stream()
                        .map(validator -> validator.id().toString())
                        .toList();
        Value.Fields fields =
                Value.Fields.empty()
                        .with("format", "witan-checkpoint/1")
                        .with("network", header.networkId().toString())
                        .with("height", header.height())
                        .with("timestampMillis", header.timestampMillis())
                        .with("epoch", header.epoch())
                        .with("block", header.hash().hex())
                        .with("stateRoot", header.stateRoot().hex())
                        .with("validators", Value.Items.ofTexts(validators));
        String hex = HexFormat.of().formatHex(binary(checkpoint));
        return JsonText.indented(fields.with("checkpoint", hex));
    }

    /** Reads either form; a text begins with a brace, the bytes with a version. */
    public static Decoded<Checkpoint> read(byte[] file) {
        return FORM.read(file);
    }
}
