package org.witan.validator.consensus.liars;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.StoreWrite;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Epoch;
import org.witan.validator.consensus.TestEpochs;

/**
 * What was signed before a test begins, as a bad network and liars could have brought it about: who
 * signed something has it on its disk, and so has who is said to hold it.
 */
final class Past {
    private final Assembly assembly;
    private final Epoch epoch;
    private final List<Runnable> sent = new ArrayList<>();

    Past(Assembly assembly) {
        this.assembly = assembly;
        epoch = assembly.epochs().epoch(1);
    }

    /** A first block of the epoch, made in this view. */
    Block block(long view) {
        TestEpochs epochs = assembly.epochs();
        Block block = epochs.block(epochs.genesis(), epoch, view, false, assembly.now());
        assembly.know(block);
        return block;
    }

    /** N(view, block) exists: these notarized it and have its body. */
    Certificate notarized(Block block, int... signers) {
        for (int signer : signers) {
            write(signer, new StoreWrite.Body(block));
        }
        return certified(VoteKind.NOTARIZE, block.header().view(), block.hash(), signers);
    }

    /** U(view) exists. */
    Certificate nullified(long view, int... signers) {
        return certified(VoteKind.NULLIFY, view, Hash.NONE, signers);
    }

    private Certificate certified(VoteKind kind, long view, Hash hash, int... signers) {
        for (int signer : signers) {
            voted(signer, kind, view, hash);
        }
        Certificate certificate = Ink.certificate(epoch, kind, view, hash, signers);
        assembly.oracle().believed(certificate);
        return certificate;
    }

    /** An honest member holds these, and finalized what it may. */
    void holds(int member, Certificate... certificates) {
        for (Certificate certificate : certificates) {
            write(member, new StoreWrite.Certified(certificate));
        }
    }

    /** This member finalized a block that it holds the notarization of. */
    void finalized(int member, Block block) {
        voted(member, VoteKind.FINALIZE, block.header().view(), block.hash());
    }

    private void voted(int member, VoteKind kind, long view, Hash hash) {
        Vote vote = Ink.vote(epoch, member, kind, view, hash);
        if (assembly.seat(member).isHonest()) {
            write(member, new StoreWrite.OwnVote(vote));
            sent.add(() -> assembly.oracle().sent(member, vote));
        }
    }

    private void write(int member, StoreWrite write) {
        assembly.seat(member).disk().add(write);
    }

    /** The oracle knows all of it, and all members start; those that are named stay down. */
    Assembly over(int... down) {
        sent.forEach(Runnable::run);
        for (Seat seat : assembly.seats()) {
            if (IntStream.of(down).noneMatch(d -> d == seat.member())) {
                seat.start();
            }
        }
        return assembly;
    }
}
