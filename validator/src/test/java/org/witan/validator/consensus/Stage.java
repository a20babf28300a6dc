package org.witan.validator.consensus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockBody;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.Recovered;
import org.witan.chain.store.StoreWrite;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Rules;
import org.witan.validator.consensus.message.Blocks;
import org.witan.validator.consensus.message.Certificates;
import org.witan.validator.consensus.message.ConsensusMessage;
import org.witan.validator.consensus.message.GetBlocks;
import org.witan.validator.consensus.message.GetCertificates;
import org.witan.validator.consensus.message.LinkRow;
import org.witan.validator.consensus.message.Proposal;
import org.witan.validator.consensus.message.Status;
import org.witan.validator.consensus.message.Votes;

/**
 * One engine and the commands of a script. In a network of a, b, c, d the leaders of the views from
 * 1 are a, b, c, d, a, …; a block or certificate is named as it is printed: {@code b1}, {@code
 * N(1,b1)}, {@code U(2)}, {@code F(1,b1)}; time is given relative.
 */
final class Stage {
    private static final Rules RULES = Rules.DEFAULT;
    private static final NetworkId OTHER_NETWORK = new NetworkId(Hash.NONE);

    private final Spoken spoken = new Spoken();
    private final Map<String, Block> blocks = new TreeMap<>();
    private final List<StoreWrite> disk = new ArrayList<>();
    private TestEpochs epochs = new TestEpochs(4, RULES);
    private Epoch epoch = epochs.epoch(1);
    private Anchor tip = epochs.genesis();
    private NodeId self = TestEpochs.id(0);
    private Engine engine = engine(true, Recovered.Past.ASKED);
    private long now = TestEpochs.FOUNDED_MILLIS + 1_000;
    private Optional<Effect.Build> asked = Optional.empty();

    /** Performs one line of a script and answers what came of it. */
    List<Effect> perform(String line) {
        String[] words = line.trim().split("\\s+", -1);
        Map<String, String> options = new TreeMap<>();
        List<String> plain = new ArrayList<>();
        for (String word : words) {
            int at = word.indexOf('=');
            if (at > 0) {
                options.put(word.substring(0, at), word.substring(at + 1));
            } else {
                plain.add(word);
            }
        }
        List<Effect> effects = new ArrayList<>();
        for (Input input : inputs(plain, options)) {
            effects.addAll(engine.step(now, now, input));
        }
        effects.forEach(this::notice);
        return effects;
    }

    /** Effects in the words of the script. */
    String spoken(List<Effect> effects) {
        return spoken.lines(effects);
    }

    private void notice(Effect effect) {
        if (effect instanceof Effect.Persist(var write)) {
            disk.add(write);
        } else if (effect instanceof Effect.Build build) {
            asked = Optional.of(build);
        } else if (effect instanceof Effect.Commit(var committed, var finalization)) {
            Block last = committed.getLast();
            tip = new Anchor(last.header(), last.hash(), Optional.of(finalization));
        }
    }

    private List<Input> inputs(List<String> words, Map<String, String> options) {
        String first = words.size() > 1 ? words.get(1) : "";
        return switch (words.getFirst()) {
            case "engine" -> begin(first, options);
            case "restart" -> restart(first);
            case "tick" -> {
                now += Long.parseLong(first);
                yield List.of(new Input.Tick());
            }
            case "wake" -> {
                now = Math.max(now, engine.wakeAt());
                yield List.of(new Input.Tick());
            }
            case "wait" -> {
                now += Long.parseLong(first);
                yield List.of();
            }
            case "work" -> List.of(new Input.Work(first.equals("on")));
            case "drain" -> List.of(new Input.Drain(first.equals("on")));
            case "link" -> List.of(new Input.Link(new NodeId(first), words.get(2).equals("up")));
            case "stop-voting" -> List.of(new Input.StopVoting("the script says so"));
            case "built" -> List.of(built(first, options));
            case "block" -> {
                define(first, options);
                yield List.of();
            }
            case "verdict" -> List.of(new Input.Verdict(hash(first), words.get(2).equals("valid")));
            case "committed" -> List.of(new Input.Committed(tip.height()));
            case "advanced" -> List.of(new Input.Advanced(advance(first)));
            case "from" -> List.of(received(first, words.subList(2, words.size()), options));
            default -> throw new IllegalArgumentException("no command " + words.getFirst());
        };
    }

    private List<Input> begin(String id, Map<String, String> options) {
        epochs = new TestEpochs(Integer.parseInt(options.getOrDefault("n", "4")), RULES);
        epoch = epochs.epoch(1);
        tip = epochs.genesis();
        spoken.name(tip.hash(), "genesis");
        self = new NodeId(id);
        now = TestEpochs.FOUNDED_MILLIS + 1_000;
        disk.clear();
        blocks.clear();
        engine = engine(!options.containsKey("amnesia"), past(options));
        return List.of(new Input.Tick());
    }

    private List<Input> restart(String how) {
        if (how.equals("empty")) {
            disk.clear();
        }
        epoch = epochs.epoch(tip.header().epoch() + (tip.header().isBoundary() ? 1 : 0));
        engine = engine(true, how.equals("asking") ? Recovered.Past.KEPT : Recovered.Past.ASKED);
        return List.of(new Input.Tick());
    }

    private static Recovered.Past past(Map<String, String> options) {
        if (options.containsKey("lost")) {
            return Recovered.Past.LOST;
        }
        return options.containsKey("new") ? Recovered.Past.NONE : Recovered.Past.ASKED;
    }

    private Engine engine(boolean mayVote, Recovered.Past past) {
        List<Vote> votes = new ArrayList<>();
        List<Certificate> certificates = new ArrayList<>();
        List<Block> bodies = new ArrayList<>();
        for (StoreWrite write : disk) {
            switch (write) {
                case StoreWrite.OwnVote(var vote) -> votes.add(vote);
                case StoreWrite.Certified(var certificate) -> certificates.add(certificate);
                case StoreWrite.Body(var block) -> bodies.add(block);
                default -> throw new IllegalStateException(write.toString());
            }
        }
        Recovered memory = new Recovered(votes, certificates, bodies, mayVote, "", past);
        Self who =
                new Self(
                        self,
                        CheapKeys.signer(self.value()),
                        TestEpochs.NETWORK,
                        CheapKeys.VERIFIER);
        return new Engine(who, epoch, tip, memory);
    }

    private Input built(String name, Map<String, String> options) {
        Effect.Build build = asked.orElseThrow();
        if (name.equals("none")) {
            return new Input.Built(build.view(), Optional.empty());
        }
        Block block =
                epochs.block(
                        anchor(build.parent()),
                        epoch,
                        build.view(),
                        options.containsKey("boundary"),
                        now);
        keep(name, block);
        return new Input.Built(build.view(), Optional.of(block));
    }

    /** {@code block NAME view=V on=PARENT}, with anything wrong about it. */
    private void define(String name, Map<String, String> options) {
        Anchor parent = anchor(hash(options.getOrDefault("on", "genesis")));
        long view = Long.parseLong(options.getOrDefault("view", "1"));
        long time = now + Long.parseLong(options.getOrDefault("ahead", "0"));
        Block block = epochs.block(parent, epoch, view, options.containsKey("boundary"), time);
        BlockHeader h = block.header();
        BlockBody body = options.containsKey("work") ? new BlockBody(List.of(put())) : block.body();
        BlockHeader changed =
                new BlockHeader(
                        options.containsKey("network") ? OTHER_NETWORK : h.networkId(),
                        Long.parseLong(options.getOrDefault("epoch", "" + h.epoch())),
                        h.view(),
                        Long.parseLong(options.getOrDefault("height", "" + h.height())),
                        new NodeId(options.getOrDefault("proposer", h.proposer().value())),
                        h.parentHash(),
                        Long.parseLong(options.getOrDefault("time", "" + h.timestampMillis())),
                        body.root(),
                        h.stateRoot(),
                        options.containsKey("config") ? Hash.NONE : h.configHash(),
                        h.nextConfigHash(),
                        options.containsKey("boundary-before")
                                ? Hash.NONE
                                : h.previousBoundaryHash(),
                        Integer.parseInt(options.getOrDefault("bytes", "" + body.sizeBytes())),
                        Integer.parseInt(
                                options.getOrDefault("count", "" + body.transactions().size())));
        keep(name, new Block(changed, body));
    }

    private static Transaction put() {
        Operation put = new Operation.Put("k", new byte[0], OptionalLong.empty());
        Sender sender = Sender.parse("a");
        Intent intent = new Intent(TestEpochs.NETWORK, sender, 0, 1, 100, put);
        return Transaction.sign(intent, CheapKeys.signer("a"));
    }

    private void keep(String name, Block block) {
        blocks.put(name, block);
        spoken.name(block.hash(), name);
    }

    private Anchor advance(String certificate) {
        Certificate finalization = certificate(certificate, Map.of());
        Anchor at = anchor(finalization.ballot().blockHash());
        tip = new Anchor(at.header(), at.hash(), Optional.of(finalization));
        return tip;
    }

    private Anchor anchor(Hash hash) {
        for (Block block : blocks.values()) {
            if (block.hash().equals(hash)) {
                return TestEpochs.anchor(block);
            }
        }
        return tip.hash().equals(hash) ? tip : epochs.genesis();
    }

    private Hash hash(String name) {
        return name.equals("genesis") ? epochs.genesis().hash() : block(name).hash();
    }

    private Block block(String name) {
        return Objects.requireNonNull(blocks.get(name), name);
    }

    private Input received(String from, List<String> words, Map<String, String> options) {
        return new Input.Received(new NodeId(from), message(from, words, options));
    }

    private ConsensusMessage message(String from, List<String> words, Map<String, String> options) {
        String first = words.size() > 1 ? words.get(1) : "";
        List<String> rest = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case "proposal" -> proposal(options.getOrDefault("signer", from), rest, options);
            case "vote" ->
                    new Votes(List.of(vote(options.getOrDefault("signer", from), first, options)));
            case "certificates" ->
                    new Certificates(rest.stream().map(c -> certificate(c, options)).toList());
            case "blocks" -> new Blocks(rest.stream().map(this::block).toList());
            case "get-blocks" -> new GetBlocks(rest.stream().map(this::hash).toList());
            case "get-certificates" ->
                    new GetCertificates(1, rest.stream().map(Long::parseLong).toList());
            case "status" -> status(options);
            default -> throw new IllegalArgumentException("no message " + words.getFirst());
        };
    }

    private Proposal proposal(String signer, List<String> words, Map<String, String> options) {
        Block block = block(words.getFirst());
        long view = Long.parseLong(options.getOrDefault("view", "" + block.header().view()));
        Vote vote = cast(signer, VoteKind.NOTARIZE, view, block.hash(), options);
        List<Certificate> justification =
                words.stream().skip(1).map(c -> certificate(c, options)).toList();
        return new Proposal(vote, justification, block);
    }

    /** {@code notarize(1,b1)}, {@code nullify(1)}, {@code finalize(1,b1)}. */
    private Vote vote(String signer, String text, Map<String, String> options) {
        String[] parts = text.split("[(),]", -1);
        VoteKind kind = VoteKind.valueOf(parts[0].toUpperCase(Locale.ROOT));
        Hash hash = kind == VoteKind.NULLIFY ? Hash.NONE : hash(parts[2]);
        return cast(signer, kind, Long.parseLong(parts[1]), hash, options);
    }

    private Vote cast(
            String signer, VoteKind kind, long view, Hash hash, Map<String, String> options) {
        Ballot ballot = new Ballot(kind, epoch.number(), epoch.configHash(), view, hash);
        int index = signer.charAt(0) - 'a';
        if (options.containsKey("forged")) {
            return new Vote(ballot, index, Signature.of(new byte[64]));
        }
        Vote vote = signedFor(ballot, options.getOrDefault("signed-for", ""), signer);
        return new Vote(ballot, index, vote.signature());
    }

    /** The signature that this member made for a ballot that differs in one field. */
    private static Vote signedFor(Ballot b, String other, String signer) {
        NetworkId network = other.equals("network") ? OTHER_NETWORK : TestEpochs.NETWORK;
        VoteKind kind = b.kind() == VoteKind.NOTARIZE ? VoteKind.FINALIZE : VoteKind.NOTARIZE;
        Ballot signed =
                switch (other) {
                    case "kind" ->
                            new Ballot(kind, b.epoch(), b.configHash(), b.view(), b.blockHash());
                    case "epoch" ->
                            new Ballot(
                                    b.kind(),
                                    b.epoch() + 1,
                                    b.configHash(),
                                    b.view(),
                                    b.blockHash());
                    case "config" ->
                            new Ballot(b.kind(), b.epoch(), Hash.NONE, b.view(), b.blockHash());
                    case "view" ->
                            new Ballot(
                                    b.kind(),
                                    b.epoch(),
                                    b.configHash(),
                                    b.view() + 1,
                                    b.blockHash());
                    default -> b;
                };
        return Vote.cast(signed, signer.charAt(0) - 'a', network, CheapKeys.signer(signer));
    }

    /** {@code N(1,b1)}, signed by {@code by=abc}. */
    private Certificate certificate(String text, Map<String, String> options) {
        String[] parts = text.split("[(),]", -1);
        VoteKind kind =
                switch (parts[0]) {
                    case "N" -> VoteKind.NOTARIZE;
                    case "U" -> VoteKind.NULLIFY;
                    default -> VoteKind.FINALIZE;
                };
        Hash hash = kind == VoteKind.NULLIFY ? Hash.NONE : hash(parts[2]);
        String by = options.getOrDefault("by", self.value().equals("a") ? "bcd" : others());
        List<Vote> votes =
                Arrays.stream(by.split("", -1))
                        .filter(s -> !s.isEmpty())
                        .map(s -> cast(s, kind, Long.parseLong(parts[1]), hash, options))
                        .toList();
        return new Certificate(
                votes.getFirst().ballot(),
                votes.stream().map(Vote::signer).toList(),
                votes.stream().map(Vote::signature).toList());
    }

    private String others() {
        return "abcd".replace(self.value(), "");
    }

    private static Status status(Map<String, String> options) {
        return new Status(
                Long.parseLong(options.getOrDefault("epoch", "1")),
                Long.parseLong(options.getOrDefault("view", "1")),
                Long.parseLong(options.getOrDefault("final-view", "0")),
                Long.parseLong(options.getOrDefault("final", "0")),
                Hash.NONE,
                new Status.Held(
                        bits(options.getOrDefault("n", "")), bits(options.getOrDefault("u", ""))),
                options.containsKey("starting"),
                options.containsKey("draining"),
                true,
                AntiEntropy.PROTOCOL,
                LinkRow.NONE);
    }

    private static BitSet bits(String digits) {
        BitSet bits = new BitSet();
        digits.chars().forEach(digit -> bits.set(digit - '0'));
        return bits;
    }
}
