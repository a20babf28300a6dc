package org.witan.validator.api.endpoint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.witan.chain.block.Block;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Sender;
import org.witan.chain.proof.Checkpoint;
import org.witan.chain.proof.CheckpointFile;
import org.witan.chain.proof.ProofBundles;
import org.witan.chain.proof.ProofFile;
import org.witan.chain.state.Entry;
import org.witan.chain.state.NonceWindow;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.StateItem;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Organisation;
import org.witan.validator.api.NodeAccess;
import org.witan.validator.api.json.EntryBodies;
import org.witan.validator.api.json.Json;
import org.witan.validator.api.json.LedgerBodies;

/** What is answered from the ledger on disk, a few requests at a time. */
final class LedgerEndpoints {
    /** Most items on a page. */
    static final int MAX_PAGE = 100;

    private static final int PAGE = 30;
    private static final int LISTED_VALUE_BYTES = 1 << 10;
    private static final String ENTRIES = "entry/";

    private final NodeAccess node;
    private final Reads reads;

    LedgerEndpoints(NodeAccess node, Reads reads) {
        this.node = node;
        this.reads = reads;
    }

    List<Route> routes() {
        return List.of(
                reading("/v1/ledger/head", Set.of(), this::head),
                reading("/v1/blocks/{height}", Set.of("format", "cursor", "limit"), this::block),
                reading("/v1/transactions/{id}", Set.of(), this::transaction),
                reading("/v1/senders/{sender}", Set.of(), this::sender),
                reading("/v1/checkpoint", Set.of("at"), this::checkpoint),
                reading("/v1/entries/{owner}/{key+}", Set.of("at", "proof"), this::entry),
                reading("/v1/entries", Set.of("prefix", "cursor", "limit"), this::entries));
    }

    private Route reading(String template, Set<String> query, Function<Call, Answer> work) {
        return Route.get(template, query, call -> reads.read(() -> work.apply(call)));
    }

    private Answer head(Call call) {
        LedgerReader ledger = node.ledger();
        var tip = ledger.tip();
        return Answer.ok(LedgerBodies.block(tip.header(), tip.hash(), tip.finalization(), ledger));
    }

    private Answer block(Call call) {
        LedgerReader ledger = node.ledger();
        long tip = ledger.tip().height();
        OptionalLong height = Call.parse(call.segment("height"), 0, Long.MAX_VALUE);
        if (height.isEmpty()) {
            throw Call.badQuery("a height is a number from 0", "heights are decimal digits");
        }
        Optional<Block> found = ledger.block(height.getAsLong());
        if (found.isEmpty()) {
            throw noSuchBlock(height.getAsLong(), ledger.base(), tip);
        }
        Block block = found.get();
        String format = call.text("format").orElse("json");
        if (format.equals("binary")) {
            return Answer.bytes("application/octet-stream", Block.CODEC.encode(block));
        }
        if (!format.equals("json")) {
            throw Call.badQuery("an unknown format", "format is json or binary");
        }
        int limit = (int) call.number("limit", 1, MAX_PAGE).orElse(PAGE);
        int from = (int) call.number("cursor", 0, block.body().transactions().size()).orElse(0);
        ObjectNode body =
                LedgerBodies.block(
                        block.header(), block.hash(), ledger.finalization(block.height()), ledger);
        LedgerBodies.addTransactions(body, block, ledger.receipts(block.height()), from, limit);
        return Answer.ok(body);
    }

    private static Refused noSuchBlock(long height, long base, long tip) {
        boolean below = height <= tip;
        return new Refused(
                404,
                "BLOCK_NOT_FOUND",
                "there is no block of height " + height + " here",
                below
                        ? "this node's ledger begins at height %d, after a snapshot"
                                .formatted(base + 1)
                        : "this node's ledger ends at height " + tip,
                below
                        ? "ask a node that holds all blocks"
                        : "ask for a height up to " + tip + ", or ask again later");
    }

    private Answer transaction(Call call) {
        String hex = call.segment("id");
        if (!hex.matches("[0-9a-f]{64}")) {
            throw Call.badQuery("a transaction id cannot be read", "an id is 64 hex digits");
        }
        LedgerReader ledger = node.ledger();
        var place = ledger.transaction(Hash.ofHex(hex));
        if (place.isEmpty()) {
            throw new Refused(
                    404,
                    "TRANSACTION_NOT_FOUND",
                    "there is no such transaction in the ledger of this node",
                    "it was never handed in, it is not in a block yet, or it has expired",
                    "ask again, or hand the same transaction in again: it runs at most once");
        }
        var found = place.get();
        Block block = ledger.block(found.height()).orElseThrow();
        ObjectNode body = Json.body(block.header().networkId().toString(), found.height());
        body.put("status", "committed");
        body.put("index", found.index());
        LedgerBodies.transaction(body, block.body().transactions().get(found.index()));
        LedgerBodies.receipt(body, found.receipt());
        return Answer.ok(body);
    }

    /** What a program needs to sign a sender's next transaction: its key and its window's end. */
    private Answer sender(Call call) {
        if (!Sender.isValid(call.segment("sender"))) {
            throw Call.badQuery("a sender cannot be read", "a sender is an id, or org: and an id");
        }
        Sender sender = Sender.parse(call.segment("sender"));
        StateReader state = node.ledger().state();
        OptionalLong keyNumber = keyNumber(state, sender);
        if (keyNumber.isEmpty()) {
            throw new Refused(
                            404,
                            "SENDER_NOT_FOUND",
                            "nobody is known as " + sender,
                            "the network state of height " + state.height() + " has no such member",
                            "GET /v1/members lists the members")
                    .at(state.height());
        }
        long highest =
                state.value(StatePath.window(sender))
                        .map(value -> NonceWindow.CODEC.decode(value).orThrow())
                        .orElse(NonceWindow.UNUSED)
                        .highest();
        return Answer.ok(
                Json.body(networkId(), state.height())
                        .put("sender", sender.toString())
                        .put("keyNumber", keyNumber.getAsLong())
                        .put("highestNonce", highest));
    }

    private static OptionalLong keyNumber(StateReader state, Sender sender) {
        Optional<Integer> number =
                sender.organisation()
                        ? state.value(StatePath.organisation(sender.id()))
                                .map(v -> Organisation.CODEC.decode(v).orThrow().keyNumber())
                        : state.value(StatePath.member(sender.id()))
                                .map(v -> Member.CODEC.decode(v).orThrow().keyNumber());
        return number.map(n -> OptionalLong.of(n)).orElse(OptionalLong.empty());
    }

    private Answer entry(Call call) {
        LedgerReader ledger = node.ledger();
        NodeId owner = owner(call.segment("owner"));
        String key = key(call.segment("key"));
        StateReader state = state(ledger, call.number("at", 0, Long.MAX_VALUE));
        StatePath path = StatePath.entry(owner, key);
        Optional<Entry> entry = state.value(path).map(v -> Entry.CODEC.decode(v).orThrow());
        boolean proof = call.flag("proof");
        if (entry.isEmpty() && !proof) {
            throw new Refused(
                            404,
                            "ENTRY_NOT_FOUND",
                            "there is no such entry at height " + state.height(),
                            "nobody wrote it, or it was deleted",
                            "GET /v1/entries?prefix=" + owner + "/ lists what there is")
                    .at(state.height());
        }
        ObjectNode body = Json.body(networkId(), state.height());
        if (entry.isPresent()) {
            EntryBodies.entry(body, owner, key, entry.get(), true);
        } else {
            EntryBodies.absent(body, owner, key);
        }
        if (proof) {
            EntryBodies.proof(body, ProofFile.binary(ProofBundles.of(ledger, state, path)));
        }
        return Answer.ok(body);
    }

    /** The file itself, so that whoever saves the answer holds a checkpoint. */
    private Answer checkpoint(Call call) {
        LedgerReader ledger = node.ledger();
        long height = call.number("at", 1, Long.MAX_VALUE).orElse(ledger.tip().height());
        byte[] file = CheckpointFile.json(Checkpoint.of(ledger, height));
        return Answer.bytes(Json.MEDIA_TYPE, file);
    }

    private Answer entries(Call call) {
        LedgerReader ledger = node.ledger();
        String prefix = call.text("prefix").orElse("");
        if (prefix.getBytes(StandardCharsets.UTF_8).length > 192) {
            throw Call.badQuery("a prefix is too long", "a prefix has at most 192 bytes");
        }
        StatePath within = StatePath.parse(ENTRIES + prefix);
        int limit = (int) call.number("limit", 1, MAX_PAGE).orElse(PAGE);
        Optional<StatePath> after = call.text("cursor").map(text -> cursor(text, within));
        long height = ledger.tip().height();
        List<StateItem> items = ledger.list(within, after, limit + 1);
        ObjectNode body = Json.body(networkId(), height);
        ArrayNode rows = body.putArray("entries");
        for (StateItem item : items.subList(0, Math.min(limit, items.size()))) {
            String text = item.path().text().substring(ENTRIES.length());
            int slash = text.indexOf('/');
            Entry entry = Entry.CODEC.decode(item.value()).orThrow();
            EntryBodies.entry(
                    rows.addObject(),
                    new NodeId(text.substring(0, slash)),
                    text.substring(slash + 1),
                    entry,
                    entry.content().length <= LISTED_VALUE_BYTES);
        }
        body.put("next", items.size() > limit ? cursor(items.get(limit - 1).path()) : null);
        return Answer.ok(body);
    }

    private String networkId() {
        return node.founding().networkId().toString();
    }

    private static StateReader state(LedgerReader ledger, OptionalLong at) {
        StateReader newest = ledger.state();
        if (at.isEmpty() || at.getAsLong() == newest.height()) {
            return newest;
        }
        return ledger.stateAt(at.getAsLong())
                .orElseThrow(() ->
                        new Refused(
                                404,
                                "STATE_NOT_KEPT",
                                "the state of height " + at.getAsLong() + " is not here",
                                "this node's ledger ends at height "
                                        + newest.height()
                                        + ", and it keeps the states of recent heights",
                                "leave out at=, or ask a node that keeps more"));
    }

    private static NodeId owner(String text) {
        if (!NodeId.isValid(text)) {
            throw Call.badQuery(
                    "an owner cannot be read", "an owner has 1 to 63 of a-z, 0-9 and -");
        }
        return new NodeId(text);
    }

    private static String key(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > Operation.MAX_KEY_BYTES) {
            throw Call.badQuery(
                    "a key cannot be read",
                    "a key has 1 to " + Operation.MAX_KEY_BYTES + " bytes, not " + bytes);
        }
        return text;
    }

    private static String cursor(StatePath path) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(path.toBytes());
    }

    private static StatePath cursor(String text, StatePath within) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            StatePath path = StatePath.parse(new String(bytes, StandardCharsets.UTF_8));
            if (path.startsWith(within)) {
                return path;
            }
        } catch (IllegalArgumentException unreadable) {
            // Answered below, as a cursor of another prefix is.
        }
        throw Call.badQuery(
                "a cursor cannot be read", "it comes from next of a page with the same prefix");
    }
}
