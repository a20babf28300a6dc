package org.witan.chain.proof;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.witan.chain.state.StatePath;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.fuzz.Allocation;
import org.witan.genesis.fuzz.FuzzTarget;

/**
 * Proof bundles and checkpoints, binary and JSON: one value has one form of each, and what does not
 * prove anything says so. The first byte is 2 or 3 for a checkpoint; 1 and 3 have the JSON made
 * around the bytes, since nobody guesses hex twice.
 */
final class ProofBundleFuzzTest extends FuzzTarget {
    private final TwoEpochs two = new TwoEpochs();
    private final Checkpoint trusted = two.checkpoint();

    @Override
    protected void take(byte[] input) throws Exception {
        if (input.length > 0) {
            byte[] rest = Arrays.copyOfRange(input, 1, input.length);
            Allocation.bounded(rest, () -> take(input[0], rest));
        }
    }

    private void take(byte kind, byte[] bytes) {
        switch (kind) {
            case 1 ->
                    ok(ProofBundle.CODEC.decode(bytes))
                            .map(ProofFile::json)
                            .ifPresent(this::bundle);
            case 2 -> checkpoint(bytes);
            case 3 ->
                    ok(Checkpoint.CODEC.decode(bytes))
                            .map(CheckpointFile::json)
                            .ifPresent(this::checkpoint);
            default -> bundle(bytes);
        }
    }

    private void bundle(byte[] file) {
        ok(ProofFile.read(file))
                .ifPresent(bundle -> {
                    same(file, ProofFile.binary(bundle), ProofFile.json(bundle));
                    bundle.problem(two.network.founding(), (_, _, _, _) -> true);
                });
    }

    private void checkpoint(byte[] file) {
        ok(CheckpointFile.read(file))
                .ifPresent(checkpoint -> {
                    same(file, CheckpointFile.binary(checkpoint), CheckpointFile.json(checkpoint));
                    checkpoint.problem(two.network.founding(), (_, _, _, _) -> true);
                    checkpoint.problemBehind(trusted);
                    trusted.problemBehind(checkpoint);
                });
    }

    private static void same(byte[] file, byte[] binary, byte[] json) {
        if (!Arrays.equals(binary, file) && !Arrays.equals(json, file)) {
            throw new AssertionError("another form of it");
        }
    }

    private static <T> Optional<T> ok(Decoded<T> decoded) {
        return switch (decoded) {
            case Decoded.Ok<T>(var value) -> Optional.of(value);
            case Decoded.Bad<T>(var offset, var why) -> {
                if (offset < 0 || why.isBlank()) {
                    throw new AssertionError("refused at byte " + offset + ": " + why);
                }
                yield Optional.empty();
            }
        };
    }

    @Override
    protected Map<String, byte[]> seeds() {
        ProofBundle present = two.bundle(StatePath.parse("member/v3"));
        ProofBundle absent = two.bundle(StatePath.parse("member/nobody"));
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        seeds.put("binary", seed(0, ProofFile.binary(present)));
        seeds.put("binary-absent", seed(0, ProofFile.binary(absent)));
        seeds.put("json", seed(0, ProofFile.json(present)));
        seeds.put("made-json", seed(1, ProofFile.binary(absent)));
        seeds.put("checkpoint", seed(2, CheckpointFile.binary(trusted)));
        seeds.put("checkpoint-json", seed(2, CheckpointFile.json(trusted)));
        seeds.put("checkpoint-made-json", seed(3, CheckpointFile.binary(trusted)));
        return seeds;
    }
}
