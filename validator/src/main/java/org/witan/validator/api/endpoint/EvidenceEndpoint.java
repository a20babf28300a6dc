package org.witan.validator.api.endpoint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Evidence;
import org.witan.chain.block.Vote;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.LedgerReader;
import org.witan.validator.api.NodeAccess;
import org.witan.validator.api.json.Json;

/** Shows which members were proven to have signed votes that contradict each other (C15). */
final class EvidenceEndpoint {
    private static final int MOST = 1000;
    private static final int USUAL = 100;

    private final NodeAccess node;
    private final Reads reads;

    EvidenceEndpoint(NodeAccess node, Reads reads) {
        this.node = node;
        this.reads = reads;
    }

    Route route() {
        return Route.get("/v1/evidence", Set.of("limit"), call -> reads.read(() -> evidence(call)));
    }

    private Answer evidence(Call call) {
        LedgerReader ledger = node.ledger();
        int limit = (int) call.number("limit", 1, MOST).orElse(USUAL);
        ObjectNode body = Json.body(node.founding().networkId().toString(), ledger.tip().height());
        ArrayNode rows = body.putArray("evidence");
        ledger.evidence(limit).forEach(evidence -> add(rows.addObject(), evidence, ledger));
        return Answer.ok(body);
    }

    private static void add(ObjectNode row, Evidence evidence, LedgerReader ledger) {
        Ballot ballot = evidence.first().ballot();
        // The epoch's link is written before anybody votes in it, and never dropped.
        EpochLink epoch = ledger.epoch(ballot.epoch()).orElseThrow();
        var signer = epoch.configuration().validators().get(evidence.first().signer());
        row.put("member", signer.id().toString())
                .put("epoch", ballot.epoch())
                .put("view", ballot.view())
                .put("offence", name(evidence));
        addVote(row.putObject("first"), evidence.first());
        addVote(row.putObject("second"), evidence.second());
        byte[] proof = Evidence.CODEC.encode(evidence);
        row.put("proof", Base64.getEncoder().encodeToString(proof));
    }

    private static String name(Evidence evidence) {
        return evidence.offence().orElseThrow().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void addVote(ObjectNode row, Vote vote) {
        row.put("kind", vote.ballot().kind().name().toLowerCase(Locale.ROOT))
                .put("block", vote.ballot().blockHash().toString());
    }
}
