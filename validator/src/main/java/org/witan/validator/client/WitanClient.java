package org.witan.validator.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.witan.chain.block.Block;
import org.witan.chain.block.Transaction;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;

/**
 * Asks the nodes of a network and hands transactions in.
 *
 * <p>A read goes to the node that answered last, and to the next one if that does not answer or is
 * not able to. Every method may throw {@link OperatorError}: {@code NODE_UNREACHABLE} if nobody
 * answers, else what the node said. Any thread.
 */
public final class WitanClient implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final Nodes nodes;

    private WitanClient(Nodes nodes) {
        this.nodes = nodes;
    }

    /**
     * A client of these nodes; opens nothing yet.
     *
     * @param addresses such as {@code http://127.0.0.1:8401}, at least one, the preferred one first
     * @param timeout longest time for one node to answer, besides what it is asked to wait
     */
    public static WitanClient of(List<URI> addresses, Duration timeout) {
        return new WitanClient(new Nodes(addresses, timeout));
    }

    /** How a node stands. */
    public NodeStatus status() {
        JsonNode body = get("/v1/status").json();
        List<String> reasons = new ArrayList<>();
        body.path("reasons").forEach(reason -> reasons.add(reason.path("why").asText()));
        return new NodeStatus(
                new NodeId(body.path("id").asText()),
                new NetworkId(hash(body, "networkId")),
                body.path("height").asLong(),
                hash(body, "headHash"),
                hash(body, "stateRoot"),
                body.path("epoch").asLong(),
                body.path("view").asLong(),
                body.path("quorum").asInt(),
                body.path("inSync").asInt(),
                body.path("ready").asBoolean(),
                reasons,
                body.path("build").asText());
    }

    /** What the network waits for, one sentence a line; the first answers the question. */
    public List<String> why() {
        List<String> lines = new ArrayList<>();
        get("/v1/why").json().path("lines").forEach(line -> lines.add(line.asText()));
        return List.copyOf(lines);
    }

    /** The document at any path of the API, for what has no method here. */
    public JsonNode json(String path) {
        return get(path).json();
    }

    /** A block by its height; empty if the node does not have it. */
    public Optional<Block> block(long height) {
        Reply reply = nodes.get("/v1/blocks/" + height + "?format=binary");
        if (reply.status() == 404) {
            return Optional.empty();
        }
        return switch (Block.CODEC.decode(checked(reply).body())) {
            case Decoded.Ok(var block) -> Optional.of(block);
            case Decoded.Bad(var offset, var why) ->
                    throw badAnswer("the block is broken at byte " + offset + ": " + why);
        };
    }

    /** An entry in the newest state of the node; empty if there is none. */
    public Optional<EntryRead> entry(NodeId owner, String key) {
        Reply reply = nodes.get(entryPath(owner, key));
        if (reply.status() == 404 && reply.code().equals("ENTRY_NOT_FOUND")) {
            return Optional.empty();
        }
        JsonNode body = checked(reply).json();
        return Optional.of(
                new EntryRead(
                        body.path("height").asLong(),
                        body.path("version").asLong(),
                        body.path("writtenHeight").asLong(),
                        base64(body, "valueBase64")));
    }

    /**
     * A proof bundle of an entry, or of its absence: bytes that {@code ProofFile.read} takes and
     * that prove themselves to whoever holds the genesis file.
     */
    public byte[] proof(NodeId owner, String key) {
        return base64(get(entryPath(owner, key) + "?proof=true").json(), "proof");
    }

    /** A committed transaction; empty if the node does not know it. */
    public Optional<Sent.Committed> transaction(Hash id) {
        Reply reply = nodes.get(Sending.PATH + "/" + id.hex());
        return reply.status() == 404
                ? Optional.empty()
                : Optional.of(Sending.committed(id, checked(reply).json()));
    }

    /**
     * Hands a transaction in and waits for its commit.
     *
     * <p>If a node does not answer, or cannot commit now, the same bytes go to the next one: a
     * nonce is executed at most once, so that is safe. A nonce that is "used" after an attempt with
     * an unknown end is looked up, since it was most likely this very transaction.
     *
     * @param wait at most 60 s; zero returns as soon as one node has taken it
     * @throws OperatorError if every node refused it or none could be asked
     */
    public Sent submit(Transaction transaction, Duration wait) {
        Duration bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        return new Sending(nodes, transaction, bounded).send();
    }

    @Override
    public void close() {
        nodes.close();
    }

    private Reply get(String path) {
        return checked(nodes.get(path));
    }

    private static Reply checked(Reply reply) {
        if (reply.ok()) {
            return reply;
        }
        throw reply.error();
    }

    private static String entryPath(NodeId owner, String key) {
        String escaped = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
        return "/v1/entries/" + owner + "/" + escaped;
    }

    private static Hash hash(JsonNode body, String name) {
        try {
            return Hash.ofHex(body.path(name).asText());
        } catch (IllegalArgumentException none) {
            throw badAnswer(name + " is no hash");
        }
    }

    private static byte[] base64(JsonNode body, String name) {
        try {
            return Base64.getDecoder().decode(body.path(name).asText());
        } catch (IllegalArgumentException none) {
            throw badAnswer(name + " is not base64");
        }
    }

    private static OperatorError badAnswer(String why) {
        return new OperatorError(
                ExitCode.UNREACHABLE,
                "BAD_ANSWER",
                "the answer of the node cannot be read",
                why,
                "ask another node, and look at the version of both programs");
    }
}
