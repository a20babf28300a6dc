package org.witan.genesis.document;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.witan.genesis.fuzz.Allocation;
import org.witan.genesis.fuzz.FuzzTarget;
import org.witan.genesis.json.Problem;
import org.witan.genesis.json.Reading;

/**
 * Drafts, requests, genesis files and endorsements: what is read is written as itself, what is
 * refused is refused in sentences. The first byte chooses the kind.
 */
final class DocumentFuzzTest extends FuzzTarget {
    private static final int KINDS = 5;

    @Override
    protected void take(byte[] input) throws Exception {
        if (input.length > 0) {
            byte[] document = Arrays.copyOfRange(input, 1, input.length);
            Allocation.bounded(document, () -> take((input[0] & 0xff) % KINDS, document));
        }
    }

    private static void take(int kind, byte[] document) {
        switch (kind) {
            case 0 -> sound(GenesisFile.readForm(document), DocumentFuzzTest::use);
            case 1 -> sound(FounderCard.read(document), FounderCard::toBytes);
            case 2 -> sound(Endorsement.read(document), Endorsement::toBytes);
            case 3 -> sound(Draft.read(document), Draft::toBytes);
            default -> sound(GenesisFile.read(document), DocumentFuzzTest::use);
        }
    }

    private static byte[] use(GenesisFile file) {
        file.founding();
        file.isFounded();
        Warnings.of(file);
        return file.toBytes();
    }

    /** How a document is written again. */
    private interface Written<T> {
        byte[] bytes(T value);
    }

    private static <T> void sound(Reading<T> reading, Written<T> written) {
        switch (reading) {
            case Reading.Ok<T>(var value) -> {
                byte[] once = written.bytes(value);
                if (once.length == 0) {
                    throw new AssertionError("nothing is written of " + value);
                }
            }
            case Reading.Bad<T>(var problems) -> {
                if (problems.isEmpty() || problems.size() > 101) {
                    throw new AssertionError(problems.size() + " problems");
                }
                problems.forEach(DocumentFuzzTest::printable);
            }
        }
    }

    private static void printable(Problem problem) {
        String line = problem.toString();
        if (line.isBlank() || line.length() > 600 || line.chars().anyMatch(c -> c < ' ')) {
            throw new AssertionError("a sentence that nobody can read: " + line);
        }
    }

    @Override
    protected Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        GenesisFile founded = Samples.founded();
        seeds.put("genesis", seed(0, founded.toBytes()));
        seeds.put("request", seed(1, Samples.card("acme").toBytes()));
        seeds.put("endorsement", seed(2, Samples.endorsement(founded, "acme").toBytes()));
        seeds.put("draft", seed(3, Samples.DRAFT.toBytes()));
        seeds.put("genesis-with-proofs", seed(4, founded.toBytes()));
        seeds.put("deep", seed(0, "{\"a\":".repeat(17).getBytes(StandardCharsets.US_ASCII)));
        for (String odd :
                List.of(
                        "{\"format\":\"witan-draft/1\",\"format\":1}",
                        "{\"name\":\"\\ud800\",\"devnet\":null,\"created\":1e9}",
                        "{\"n\":9007199254740992}")) {
            seeds.put("odd-" + odd.length(), seed(3, odd.getBytes(StandardCharsets.US_ASCII)));
        }
        return seeds;
    }
}
