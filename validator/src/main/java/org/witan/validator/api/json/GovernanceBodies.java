package org.witan.validator.api.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.witan.chain.change.Attestation;
import org.witan.chain.change.Change;
import org.witan.chain.change.Council;
import org.witan.chain.change.Invitation;
import org.witan.chain.change.Proposal;
import org.witan.chain.shown.Shown;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Organisation;
import org.witan.genesis.membership.Parameter;
import org.witan.genesis.membership.Rules;

/** What the ledger records of members, organisations, changes and rules. */
public final class GovernanceBodies {
    private GovernanceBodies() {}

    /**
     * Adds a member as the ledger records it.
     *
     * @param attested whether it has said that it runs, with its present key
     * @param said what it said last
     * @param accusations how many contradictions of its votes the ledger records, up to 100
     */
    public static void member(
            ObjectNode body,
            Member member,
            boolean attested,
            Optional<Attestation> said,
            int accusations) {
        body.put("id", member.id().value());
        body.put("organisation", member.organisation().value());
        body.put("role", Shown.word(member.role()));
        body.put("status", Shown.word(member.status()));
        body.put("votes", member.votes());
        body.put("keyNumber", member.keyNumber());
        body.put("key", member.key().toString());
        Json.texts(body, "endpoints", member.endpoints());
        body.put("attested", attested);
        body.put("accusations", accusations);
        if (said.isEmpty()) {
            body.putNull("attestation");
            return;
        }
        body.putObject("attestation")
                .put("height", said.get().height())
                .put("block", said.get().block().hex())
                .put("leastLevel", said.get().leastLevel())
                .put("greatestLevel", said.get().greatestLevel())
                .put("build", said.get().build())
                .put("recordedHeight", said.get().recorded());
    }

    /** Adds an organisation and how many members it answers for. */
    public static void organisation(ObjectNode row, Organisation organisation, Council council) {
        row.put("id", organisation.id().value());
        row.put("name", organisation.name());
        row.put("keyNumber", organisation.keyNumber());
        row.put("governanceKey", organisation.governanceKey().toString());
        row.put("recoveryKey", organisation.recoveryKey().toString());
        int members = council.seat(organisation.id()).map(Council.Seat::members).orElse(0);
        row.put("members", members);
    }

    /**
     * Adds a change and what became of it.
     *
     * @param height of the newest block; an open change is expired if it could not be in the next
     */
    public static void change(ObjectNode row, Proposal proposal, Council council, long height) {
        boolean expired = proposal.status() == Proposal.Status.OPEN && !proposal.isOpen(height + 1);
        row.put("number", proposal.number());
        row.put("status", expired ? "expired" : Shown.word(proposal.status()));
        row.put("proposer", proposal.proposer().value());
        row.put("proposedHeight", proposal.height());
        row.put("expires", proposal.expires());
        row.put("closedHeight", proposal.closed());
        Json.put(row.putObject("change"), Shown.change(proposal.change()));
        row.put("changeHash", proposal.change().hash().hex());
        byte[] bytes = Change.CODEC.encode(proposal.change());
        row.put("changeBytes", Base64.getEncoder().encodeToString(bytes));
        row.put("reason", proposal.reason());
        row.put("forced", proposal.forced());
        Json.texts(row, "approvals", proposal.approvals());
        row.put("approvalsNeeded", council.quorum().size());
    }

    /**
     * Adds an invitation and what became of it.
     *
     * @param nowMillis the newest block's time; an open invitation is expired after its own
     */
    public static void invitation(ObjectNode row, Invitation invitation, long nowMillis) {
        boolean open = invitation.status() == Invitation.Status.OPEN;
        boolean expired = open && !invitation.isOpen(nowMillis);
        row.put("invitation", HexFormat.of().formatHex(invitation.key().toBytes()));
        row.put("inviter", invitation.inviter().value());
        row.put("organisation", invitation.organisation().value());
        row.put("role", Shown.word(invitation.role()));
        row.put("status", expired ? "expired" : Shown.word(invitation.status()));
        row.put("madeHeight", invitation.made());
        row.put("expires", Instant.ofEpochMilli(invitation.expires()).toString());
        row.put("newcomer", invitation.newcomer().map(NodeId::value).orElse(null));
        row.put("closedHeight", invitation.closed());
    }

    /** Adds the rules in force, each with its unit, its range and what a draft starts with. */
    public static void rules(ObjectNode body, Rules rules) {
        ArrayNode rows = body.putArray("rules");
        for (Parameter parameter : Parameter.values()) {
            rows.addObject()
                    .put("name", parameter.title())
                    .put("value", parameter.of(rules))
                    .put("unit", parameter.unit())
                    .put("least", parameter.least())
                    .put("most", parameter.most())
                    .put("default", parameter.standard());
        }
    }
}
