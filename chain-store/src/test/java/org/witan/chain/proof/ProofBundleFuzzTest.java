package org.witan.chain.proof;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.witan.chain.state.StatePath;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.fuzz.Allocation;
import org.witan.genesis.fuzz.FuzzTarget;

/**
 * Proof bundles, binary and JSON: one bundle has one form of each, and what does not prove anything
 * says so. A first byte of 1 has the JSON made around the bytes, since nobody guesses hex twice.
 */
final class ProofBundleFuzzTest extends FuzzTarget {
    private final TwoEpochs two = new TwoEpochs();

    @Override
    protected void take(byte[] input) throws Exception {
        if (input.length > 0) {
            byte[] rest = Arrays.copyOfRange(input, 1, input.length);
            Allocation.bounded(rest, () -> take(input[0], rest));
        }
    }

    private void take(byte kind, byte[] bytes) {
        if (kind == 1
                && ProofBundle.CODEC.decode(bytes) instanceof Decoded.Ok<ProofBundle>(var b)) {
            sound(ProofFile.json(b));
        } else {
            sound(bytes);
        }
    }

    private void sound(byte[] file) {
        if (ProofFile.read(file) instanceof Decoded.Ok<ProofBundle>(var bundle)) {
            byte[] binary = ProofFile.binary(bundle);
            byte[] json = ProofFile.json(bundle);
            if (!Arrays.equals(binary, file) && !Arrays.equals(json, file)) {
                throw new AssertionError("another form of a bundle");
            }
            bundle.problem(two.network.founding(), (_, _, _, _) -> true);
        }
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
        return seeds;
    }

    private static byte[] seed(int kind, byte[] bytes) {
        byte[] seed = new byte[bytes.length + 1];
        seed[0] = (byte) kind;
        System.arraycopy(bytes, 0, seed, 1, bytes.length);
        return seed;
    }
}
