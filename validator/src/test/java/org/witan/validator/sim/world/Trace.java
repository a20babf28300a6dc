package org.witan.validator.sim.world;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Evidence;
import org.witan.chain.block.Vote;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.StoreWrite;
import org.witan.genesis.crypto.Hash;
import org.witan.validator.core.NodeEffect;

/**
 * A running hash over all that happens: each message that arrives, each effect, each start and
 * crash, with its time and place (P16). Made for speed, not against forgers.
 */
public final class Trace {
    private final CRC32C sum = new CRC32C();
    private long hash;
    private long count;

    /** What happened, at which time to whom. */
    void add(String what, long atMillis, int node, byte[] content) {
        sum.reset();
        sum.update(what.getBytes(StandardCharsets.UTF_8));
        sum.update(content);
        mix(sum.getValue());
        mix(atMillis * 31 + node);
        count++;
    }

    private void mix(long value) {
        hash = (hash ^ value) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 32;
    }

    /** The hash so far. */
    public long hash() {
        return hash;
    }

    /** How much was added. */
    public long count() {
        return count;
    }

    /** An effect's content; that of messages is added where they are packed. */
    static byte[] content(NodeEffect effect) {
        return switch (effect) {
            case NodeEffect.Save(var write, var sync) -> content(write);
            case NodeEffect.Send(var to, var message) -> text(to.value());
            case NodeEffect.Broadcast broadcast -> text("all");
            case NodeEffect.Answer(var ticket, var reply) -> text(ticket + reply.toString());
            case NodeEffect.Committed(var block, var receipts, var fetched) ->
                    text(block.hash() + " " + receipts + fetched);
            case NodeEffect.Expired(var id) -> id.toBytes();
            case NodeEffect.ServeBlocks(var to, var hashes) -> text(to + " " + hashes);
            case NodeEffect.Punish(var peer, var reason) -> text(peer + reason);
            case NodeEffect.Halt(var reason) -> text(reason);
            case NodeEffect.LevelTooLow(var level, var speaks) -> text(level + " " + speaks);
            case NodeEffect.Report(var name, var details) -> text(name + details);
        };
    }

    private static byte[] content(StoreWrite write) {
        return switch (write) {
            case StoreWrite.OwnVote(var vote) -> Vote.CODEC.encode(vote);
            case StoreWrite.Certified(var certificate) -> Certificate.CODEC.encode(certificate);
            case StoreWrite.Body(var block) -> block.hash().toBytes();
            case StoreWrite.Commit commit -> content(commit.block(), commit.after().root());
            case StoreWrite.EpochStarted(var link) -> EpochLink.CODEC.encode(link);
            case StoreWrite.Accused(var proof) -> Evidence.CODEC.encode(proof);
        };
    }

    private static byte[] content(Block block, Hash root) {
        return text(block.hash() + " " + root);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
