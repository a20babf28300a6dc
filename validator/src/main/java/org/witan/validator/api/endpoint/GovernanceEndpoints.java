package org.witan.validator.api.endpoint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.witan.chain.change.Attestation;
import org.witan.chain.change.Council;
import org.witan.chain.change.Invitation;
import org.witan.chain.change.Proposal;
import org.witan.chain.proof.ProofBundles;
import org.witan.chain.proof.ProofFile;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.StateItem;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Organisation;
import org.witan.validator.api.NodeAccess;
import org.witan.validator.api.json.EntryBodies;
import org.witan.validator.api.json.GovernanceBodies;
import org.witan.validator.api.json.Json;

/** Who decides, what is proposed and what holds, as the ledger's newest state says. */
final class GovernanceEndpoints {
    private static final int MAX_PAGE = 100;
    private static final int PAGE = 30;
    private static final int MOST_ACCUSATIONS = 100;
    private static final int MOST_INVITATIONS = 10_000;

    private final NodeAccess node;
    private final Reads reads;

    GovernanceEndpoints(NodeAccess node, Reads reads) {
        this.node = node;
        this.reads = reads;
    }

    List<Route> routes() {
        return List.of(
                reading("/v1/members/{id}", Set.of("proof"), this::member),
                reading("/v1/organisations", Set.of(), this::organisations),
                reading("/v1/invitations", Set.of(), this::invitations),
                reading("/v1/changes", Set.of("limit", "cursor"), this::changes),
                reading("/v1/changes/{number}", Set.of(), this::change),
                reading("/v1/rules", Set.of(), this::rules));
    }

    private Route reading(String template, Set<String> query, Function<Call, Answer> work) {
        return Route.get(template, query, call -> reads.read(() -> work.apply(call)));
    }

    private Answer member(Call call) {
        if (!NodeId.isValid(call.segment("id"))) {
            throw Call.badQuery("an id cannot be read", "an id has 1 to 63 of a-z, 0-9 and -");
        }
        NodeId id = new NodeId(call.segment("id"));
        StateReader state = node.ledger().state();
        Member member =
                read(state, StatePath.member(id), Member.CODEC)
                        .orElseThrow(() ->
                                new Refused(
                                        404,
                                        "MEMBER_NOT_FOUND",
                                        "there is no member " + id,
                                        "the ledger of this node knows no member of this id",
                                        "GET /v1/members lists all members"));
        ObjectNode body = body(state);
        GovernanceBodies.member(
                body,
                member,
                state.value(StatePath.unattested(id)).isEmpty(),
                read(state, StatePath.attestation(id), Attestation.CODEC),
                node.ledger()
                        .list(StatePath.evidenceOf(id), Optional.empty(), MOST_ACCUSATIONS)
                        .size());
        if (call.flag("proof")) {
            EntryBodies.proof(
                    body,
                    ProofFile.binary(ProofBundles.of(node.ledger(), state, StatePath.member(id))));
        }
        return Answer.ok(body);
    }

    private Answer organisations(Call call) {
        StateReader state = node.ledger().state();
        Council council = council(state);
        ObjectNode body = body(state);
        body.put("quorum", council.quorum().size());
        ArrayNode rows = body.putArray("organisations");
        for (Council.Seat seat : council.seats()) {
            read(state, StatePath.organisation(seat.organisation()), Organisation.CODEC)
                    .ifPresent(o -> GovernanceBodies.organisation(rows.addObject(), o, council));
        }
        return Answer.ok(body);
    }

    private Answer changes(Call call) {
        LedgerReader ledger = node.ledger();
        StateReader state = ledger.state();
        int limit = (int) call.number("limit", 1, MAX_PAGE).orElse(PAGE);
        OptionalLong cursor = call.number("cursor", 1, Long.MAX_VALUE);
        Optional<StatePath> after =
                cursor.isPresent()
                        ? Optional.of(StatePath.change(cursor.getAsLong()))
                        : Optional.empty();
        List<StateItem> items = ledger.list(StatePath.CHANGES, after, limit + 1);
        ObjectNode body = body(state);
        ArrayNode rows = body.putArray("changes");
        Optional<Proposal> last = Optional.empty();
        for (StateItem item : items.subList(0, Math.min(limit, items.size()))) {
            Proposal proposal = Proposal.CODEC.decode(item.value()).orThrow();
            GovernanceBodies.change(rows.addObject(), proposal, council(state), state.height());
            last = Optional.of(proposal);
        }
        body.put(
                "next",
                items.size() > limit
                        ? last.map(proposal -> Long.toString(proposal.number())).orElse(null)
                        : null);
        return Answer.ok(body);
    }

    private Answer invitations(Call call) {
        StateReader state = node.ledger().state();
        long now = node.ledger().tip().header().timestampMillis();
        ObjectNode body = body(state);
        ArrayNode rows = body.putArray("invitations");
        for (StateItem item :
                node.ledger().list(StatePath.INVITATIONS, Optional.empty(), MOST_INVITATIONS)) {
            Invitation invitation = Invitation.CODEC.decode(item.value()).orThrow();
            GovernanceBodies.invitation(rows.addObject(), invitation, now);
        }
        return Answer.ok(body);
    }

    private Answer change(Call call) {
        OptionalLong number = Call.parse(call.segment("number"), 1, Long.MAX_VALUE);
        if (number.isEmpty()) {
            throw Call.badQuery("a change has a number from 1", "numbers are decimal digits");
        }
        StateReader state = node.ledger().state();
        Proposal proposal =
                read(state, StatePath.change(number.getAsLong()), Proposal.CODEC)
                        .orElseThrow(() ->
                                new Refused(
                                                404,
                                                "CHANGE_NOT_FOUND",
                                                "there is no change " + number.getAsLong(),
                                                "nobody has proposed so many changes yet",
                                                "GET /v1/changes lists all changes")
                                        .at(state.height()));
        ObjectNode body = body(state);
        GovernanceBodies.change(body, proposal, council(state), state.height());
        return Answer.ok(body);
    }

    private Answer rules(Call call) {
        StateReader state = node.ledger().state();
        ObjectNode body = body(state);
        GovernanceBodies.rules(body, state.configuration().rules());
        return Answer.ok(body);
    }

    private ObjectNode body(StateReader state) {
        return Json.body(node.founding().networkId().toString(), state.height());
    }

    private static Council council(StateReader state) {
        return read(state, StatePath.COUNCIL, Council.CODEC).orElseThrow();
    }

    private static <T> Optional<T> read(StateReader state, StatePath path, Codec<T> codec) {
        return state.value(path).map(bytes -> codec.decode(bytes).orThrow());
    }
}
