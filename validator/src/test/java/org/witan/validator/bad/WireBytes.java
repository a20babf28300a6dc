package org.witan.validator.bad;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.witan.catchup.wire.CatchupMessage;
import org.witan.catchup.wire.Reply;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Operation.Batch;
import org.witan.chain.block.Operation.Delete;
import org.witan.chain.block.Transaction;
import org.witan.chain.block.VoteKind;
import org.witan.chain.proof.ProofBundle;
import org.witan.chain.proof.ProofBundles;
import org.witan.chain.proof.ProofFile;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.MemoryStore;
import org.witan.chain.store.StoreWrite;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Ed25519;
import org.witan.validator.consensus.message.Certificates;
import org.witan.validator.consensus.message.ConsensusMessage;
import org.witan.validator.consensus.message.Votes;
import org.witan.validator.pool.TransactionBatch;

/** What nodes send to each other, and what they give to whoever wants proof. */
final class WireBytes {
    private final TestNetwork network = TestNetwork.of(4);
    private final TestChain chain = new TestChain(network);
    private final Transaction one = network.put(1, "a", "b");
    private final Transaction two =
            network.sign(2, 2, 9, new Batch(List.of(new Delete("größe", OptionalLong.of(1)))));
    private final StoreWrite.Commit commit = chain.next(one, two);
    private final Block block = commit.block();
    private final Certificate certificate = chain.certificate(VoteKind.FINALIZE, 1, block.hash());

    private WireBytes() {}

    static List<Kind> kinds() {
        WireBytes wire = new WireBytes();
        List<Kind> kinds = new ArrayList<>(wire.proofs());
        kinds.add(kind("block", Block.CODEC, wire.block, wire.blocks()));
        kinds.add(kind("certificate", Certificate.CODEC, wire.certificate, wire.certificates()));
        kinds.add(
                kind(
                        "catchup-range",
                        CatchupMessage.CODEC,
                        new Reply.Range(7, List.of(wire.block), List.of(), wire.certificate),
                        List.of()));
        kinds.add(
                kind(
                        "votes",
                        ConsensusMessage.CODEC,
                        new Votes(
                                List.of(wire.chain.vote(VoteKind.NOTARIZE, 1, wire.block.hash()))),
                        List.of()));
        kinds.add(
                kind(
                        "certificates",
                        ConsensusMessage.CODEC,
                        new Certificates(List.of(wire.certificate)),
                        List.of()));
        kinds.add(
                kind(
                        "transaction-batch",
                        TransactionBatch.CODEC,
                        new TransactionBatch(List.of(wire.one, wire.two)),
                        List.of()));
        return kinds;
    }

    private static <T> Kind kind(String name, Codec<T> codec, T value, List<BadInput> more) {
        byte[] good = codec.encode(value);
        List<BadInput> cases = new ArrayList<>(ByteCases.of(good));
        cases.addAll(more);
        return new Kind(
                name,
                "bin",
                good,
                bytes ->
                        codec.decode(bytes) instanceof Decoded.Bad<T>(var offset, var why)
                                ? Optional.of(
                                        new Refusal(
                                                "not a " + name,
                                                "byte " + offset + ": " + why,
                                                "the sender is counted and limited"))
                                : Optional.empty(),
                cases);
    }

    private List<BadInput> blocks() {
        byte[] good = Block.CODEC.encode(block);
        int body = good.length - block.body().sizeBytes();
        return List.of(
                ByteCases.changed("body-version", good, body, 9),
                ByteCases.changed("count-bomb", good, body + 1, 0xff, 0xff),
                ByteCases.changed("one-transaction-more", good, body + 1, 0, 3),
                ByteCases.changed("one-transaction-less", good, body + 1, 0, 1),
                ByteCases.changed("transaction-version", good, body + 3, 7));
    }

    private List<BadInput> certificates() {
        byte[] good = Certificate.CODEC.encode(certificate);
        int bitmap = 1 + 1 + 8 + 32 + 8 + 32;
        return List.of(
                ByteCases.changed("kind-unknown", good, 1, 77),
                ByteCases.changed("epoch-negative", good, 2, 0x80),
                ByteCases.changed("no-bitmap", good, bitmap, 0),
                ByteCases.changed("bitmap-bomb", good, bitmap, 0xff),
                ByteCases.changed("bitmap-of-nobody", good, bitmap + 1, 0),
                ByteCases.changed("bitmap-of-more", good, bitmap + 1, 0xff),
                ByteCases.changed("bitmap-of-fewer", good, bitmap + 1, 1));
    }

    private List<Kind> proofs() {
        MemoryStore store = new MemoryStore(network.founding());
        store.apply(List.of(commit), true);
        ProofBundle bundle = ProofBundles.atTip(store, StatePath.parse("member/v3"));
        byte[] binary = ProofFile.binary(bundle);
        byte[] json = ProofFile.json(bundle);
        List<BadInput> bytes = new ArrayList<>(ByteCases.of(binary));
        for (int part = 1; part < 24; part++) {
            int at = binary.length * part / 24;
            bytes.add(ByteCases.changed("bit-at-" + at, binary, at, binary[at] ^ 1));
        }
        bytes.add(ByteCases.changed("links-bomb", binary, 1, 0xff, 0xff));
        return List.of(
                new Kind("proof", "bin", binary, this::proof, bytes),
                new Kind("proof-text", "json", json, this::proof, texts(json)));
    }

    private Optional<Refusal> proof(byte[] file) {
        String fix = "fetch the proof again";
        return switch (ProofFile.read(file)) {
            case Decoded.Bad<ProofBundle>(var offset, var why) ->
                    Optional.of(
                            new Refusal("it is not a proof", "byte " + offset + ": " + why, fix));
            case Decoded.Ok<ProofBundle>(var bundle) ->
                    bundle.problem(network.founding(), Ed25519.VERIFIER)
                            .map(why -> new Refusal("it proves nothing here", why, fix));
        };
    }

    private static List<BadInput> texts(byte[] json) {
        String good = new String(json, StandardCharsets.UTF_8);
        String[][] texts = {
            {"brace", "{"},
            {"no-fields", "{}"},
            {"cut", good.substring(0, good.length() / 2)},
            {"comma-away", good.replaceFirst(",", "")},
            {"other-height", good.replace("\"height\": 1", "\"height\": 2")},
            {"other-network", good.replaceFirst("\"network\": \"..", "\"network\": \"00")},
            {"other-path", good.replace("member/v3", "member/v2")},
            {"other-value", good.replaceFirst("\"value\": \"..", "\"value\": \"00")},
            {"absent-instead", good.replace("\"present\": true", "\"absent\": true")},
            {"field-more", good.replaceFirst("\\{", "{\n  \"note\": \"trust me\",")},
            {"bundle-twice", good.replaceFirst("\\{", "{\"bundle\": \"00\",")},
            {"bundle-empty", good.replaceFirst("(?s)\"bundle\": \"[0-9a-f]*", "\"bundle\": \"")},
            {"bundle-no-hex", good.replaceFirst("\"bundle\": \"..", "\"bundle\": \"zz")},
            {"bundle-odd", good.replaceFirst("\"bundle\": \".", "\"bundle\": \"")},
            {"bundle-capitals", capitals(good)},
            {"windows-lines", good.replace("\n", "\r\n")},
            {"compact", good.replaceAll("\\s", "")},
            {"line-behind", good + "\n"},
            {"mark-in-front", "\ufeff" + good},
        };
        List<BadInput> cases = new ArrayList<>();
        for (String[] text : texts) {
            cases.add(BadInput.of(text[0], text[1]));
        }
        return cases;
    }

    private static String capitals(String good) {
        int at = good.indexOf("\"bundle\"") + 11;
        return good.substring(0, at) + good.substring(at).toUpperCase(java.util.Locale.ROOT);
    }
}
