package org.witan.validator.consensus.liars;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Signature;
import org.witan.validator.consensus.message.Blocks;
import org.witan.validator.consensus.message.Certificates;
import org.witan.validator.consensus.message.ConsensusMessage;
import org.witan.validator.consensus.message.GetBlocks;
import org.witan.validator.consensus.message.GetCertificates;
import org.witan.validator.consensus.message.Proposal;
import org.witan.validator.consensus.message.Status;
import org.witan.validator.consensus.message.Votes;

/**
 * Small changes of a message: one field to a value beside its own, or to one that was seen before;
 * signed anew by the liar where it can. After "Randomized testing of Byzantine fault tolerant
 * algorithms" (ByzzFuzz, 2023).
 */
final class Changes {
    private final Assembly assembly;
    private final SplittableRandom random;

    Changes(Assembly assembly, SplittableRandom random) {
        this.assembly = assembly;
        this.random = random;
    }

    /** What the liar sends instead: nothing, the message twice, or a changed one. */
    List<ConsensusMessage> of(Seat liar, ConsensusMessage message) {
        return switch (random.nextInt(6)) {
            case 0 -> List.of();
            case 1 -> List.of(message, message);
            case 2 -> List.of(changed(liar, message), message);
            default -> List.of(changed(liar, message));
        };
    }

    private ConsensusMessage changed(Seat liar, ConsensusMessage message) {
        return switch (message) {
            case Votes(var votes) -> new Votes(votes.stream().map(v -> changed(liar, v)).toList());
            case Proposal proposal -> changed(liar, proposal);
            case Certificates(var certificates) ->
                    new Certificates(certificates.stream().map(this::changed).toList());
            case Status status -> changed(status);
            case GetCertificates(var epoch, var views) ->
                    new GetCertificates(beside(epoch), views.stream().map(this::beside).toList());
            case GetBlocks(var hashes) ->
                    new GetBlocks(hashes.stream().map(this::otherBlock).toList());
            case Blocks(var blocks) -> new Blocks(blocks.stream().map(this::changed).toList());
        };
    }

    private long beside(long value) {
        return Math.max(0, value + random.nextInt(3) - 1);
    }

    /** A hash that was seen, whether it fits or not. */
    private Hash otherBlock(Hash hash) {
        List<Block> blocks = assembly.blocks();
        return blocks.isEmpty() ? hash : blocks.get(random.nextInt(blocks.size())).hash();
    }

    private Vote changed(Seat liar, Vote vote) {
        Ballot b = vote.ballot();
        VoteKind kind = VoteKind.values()[random.nextInt(3)];
        Ballot ballot =
                switch (random.nextInt(5)) {
                    case 0 ->
                            new Ballot(
                                    b.kind(),
                                    b.epoch(),
                                    b.configHash(),
                                    beside(b.view()),
                                    b.blockHash());
                    case 1 ->
                            new Ballot(
                                    kind,
                                    b.epoch(),
                                    b.configHash(),
                                    b.view(),
                                    hashFor(kind, b.blockHash()));
                    case 2 ->
                            new Ballot(
                                    b.kind(),
                                    beside(b.epoch()),
                                    b.configHash(),
                                    b.view(),
                                    b.blockHash());
                    default ->
                            new Ballot(
                                    b.kind(),
                                    b.epoch(),
                                    b.configHash(),
                                    b.view(),
                                    hashFor(b.kind(), otherBlock(b.blockHash())));
                };
        return switch (random.nextInt(8)) {
            case 0 -> new Vote(ballot, liar.member(), Signature.of(new byte[64]));
            case 1 -> new Vote(ballot, random.nextInt(4), vote.signature());
            default -> Ink.sign(ballot, liar.member());
        };
    }

    private Hash hashFor(VoteKind kind, Hash hash) {
        if (kind == VoteKind.NULLIFY) {
            return Hash.NONE;
        }
        return hash.equals(Hash.NONE) ? otherBlock(assembly.epochs().genesis().hash()) : hash;
    }

    private Proposal changed(Seat liar, Proposal proposal) {
        Block block = random.nextInt(3) == 0 ? proposal.block() : changed(proposal.block());
        Ballot b = proposal.vote().ballot();
        long view = random.nextInt(5) == 0 ? beside(b.view()) : b.view();
        List<Certificate> proof = new ArrayList<>(proposal.justification());
        if (!proof.isEmpty() && random.nextBoolean()) {
            Certificate one = proof.remove(random.nextInt(proof.size()));
            if (random.nextBoolean()) {
                proof.add(changed(one));
            }
        }
        Ballot ballot = new Ballot(b.kind(), b.epoch(), b.configHash(), view, block.hash());
        return new Proposal(Ink.sign(ballot, liar.member()), List.copyOf(proof), block);
    }

    private Block changed(Block block) {
        Block changed =
                switch (random.nextInt(5)) {
                    case 0 -> Ink.at(block, beside(block.header().view()), block.height());
                    case 1 -> Ink.at(block, block.header().view(), beside(block.height()));
                    case 2 -> Ink.invalid(block);
                    default -> Ink.later(block, 1);
                };
        assembly.know(changed);
        return changed;
    }

    private Certificate changed(Certificate certificate) {
        Ballot b = certificate.ballot();
        List<Integer> signers = certificate.signers();
        return switch (random.nextInt(3)) {
            case 0 ->
                    new Certificate(
                            new Ballot(
                                    b.kind(),
                                    b.epoch(),
                                    b.configHash(),
                                    beside(b.view()),
                                    b.blockHash()),
                            signers,
                            certificate.signatures());
            case 1 ->
                    new Certificate(
                            b,
                            signers.subList(0, signers.size() - 1),
                            certificate.signatures().subList(0, signers.size() - 1));
            default -> {
                VoteKind kind = VoteKind.values()[random.nextInt(3)];
                yield new Certificate(
                        new Ballot(
                                kind,
                                b.epoch(),
                                b.configHash(),
                                b.view(),
                                hashFor(kind, b.blockHash())),
                        signers,
                        certificate.signatures());
            }
        };
    }

    private Status changed(Status s) {
        BitSet none = new BitSet();
        BitSet all = new BitSet();
        all.set(0, Status.WINDOW);
        boolean cleared = random.nextBoolean();
        Status.Held held =
                random.nextBoolean()
                        ? s.held()
                        : new Status.Held(cleared ? none : all, cleared ? none : all);
        return new Status(
                random.nextInt(4) == 0 ? beside(s.epoch()) : s.epoch(),
                beside(s.view()),
                beside(s.finalizedView()),
                beside(s.finalizedHeight()),
                otherBlock(s.finalizedHash()),
                held,
                random.nextBoolean(),
                random.nextInt(8) == 0,
                s.voting(),
                s.protocol(),
                s.links());
    }
}
