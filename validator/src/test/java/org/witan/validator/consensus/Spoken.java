package org.witan.validator.consensus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;
import org.witan.chain.store.StoreWrite;
import org.witan.genesis.crypto.Hash;
import org.witan.validator.consensus.message.Blocks;
import org.witan.validator.consensus.message.Certificates;
import org.witan.validator.consensus.message.ConsensusMessage;
import org.witan.validator.consensus.message.GetBlocks;
import org.witan.validator.consensus.message.GetCertificates;
import org.witan.validator.consensus.message.Proposal;
import org.witan.validator.consensus.message.Status;
import org.witan.validator.consensus.message.Votes;

/** Effects as lines of a script, with the names that the script gave to its blocks. */
final class Spoken {
    private final Map<Hash, String> names = new TreeMap<>();

    void name(Hash hash, String name) {
        names.put(hash, name);
    }

    String lines(List<Effect> effects) {
        List<String> lines = new ArrayList<>();
        for (Effect effect : effects) {
            lines.add(line(effect));
        }
        return lines.isEmpty() ? "(nothing)\n" : String.join("\n", lines) + "\n";
    }

    private String line(Effect effect) {
        return switch (effect) {
            case Effect.Persist(var write) -> "persist " + write(write);
            case Effect.Send(var to, var message) -> "send " + to + " " + message(message);
            case Effect.Broadcast(var message) -> "broadcast " + message(message);
            case Effect.Build(var parent, var view, var filling) ->
                    "build on " + of(parent) + " view " + view + spoken(filling);
            case Effect.Execute(var block) -> "execute " + of(block.hash());
            case Effect.Commit(var blocks, var f) ->
                    "commit " + all(blocks) + " by " + certificate(f);
            case Effect.Punish(var peer, var reason) -> "punish " + peer + ": " + reason;
            case Effect.Accuse(var evidence) ->
                    "evidence " + vote(evidence.first()) + " and " + vote(evidence.second());
            case Effect.Report(var event) ->
                    event.kind().name().toLowerCase(Locale.ROOT).replace('_', '-')
                            + " view "
                            + event.view()
                            + ": "
                            + named(event.text());
            case Effect.Behind(var peer, var height) -> "behind " + peer + " " + height;
            case Effect.ServeBlocks(var to, var hashes) ->
                    "serve " + to + " " + String.join(" ", hashes.stream().map(this::of).toList());
            case Effect.Halt(var reason) -> "halt: " + named(reason);
        };
    }

    private String named(String text) {
        String named = text;
        for (Map.Entry<Hash, String> entry : names.entrySet()) {
            named = named.replace(entry.getKey().hex(), entry.getValue());
            named = named.replace(entry.getKey().shortHex(), entry.getValue());
        }
        return named;
    }

    private String write(StoreWrite write) {
        return switch (write) {
            case StoreWrite.OwnVote(var vote) -> vote(vote);
            case StoreWrite.Certified(var certificate) -> certificate(certificate);
            case StoreWrite.Body(var block) -> "body " + of(block.hash());
            default -> write.toString();
        };
    }

    private String message(ConsensusMessage message) {
        return switch (message) {
            case Proposal proposal ->
                    "proposal "
                            + vote(proposal.vote())
                            + proposal.justification().stream()
                                    .map(c -> " " + certificate(c))
                                    .reduce("", String::concat);
            case Votes(var votes) -> String.join(", ", votes.stream().map(this::vote).toList());
            case Certificates(var certificates) ->
                    String.join(" ", certificates.stream().map(this::certificate).toList());
            case Status status ->
                    "status view " + status.view() + " final " + status.finalizedHeight();
            case GetCertificates(var epoch, var views) -> "get-certificates " + views;
            case GetBlocks(var hashes) ->
                    "get-blocks " + String.join(" ", hashes.stream().map(this::of).toList());
            case Blocks(var blocks) -> "blocks " + all(blocks);
        };
    }

    private String all(List<Block> blocks) {
        return String.join(" ", blocks.stream().map(block -> of(block.hash())).toList());
    }

    private String vote(Vote vote) {
        return TestEpochs.id(vote.signer()) + ":" + ballot(vote.ballot());
    }

    private String certificate(Certificate certificate) {
        String letter =
                switch (certificate.ballot().kind()) {
                    case NOTARIZE -> "N";
                    case NULLIFY -> "U";
                    case FINALIZE -> "F";
                };
        Hash hash = certificate.ballot().blockHash();
        String block = hash.equals(Hash.NONE) ? "" : "," + of(hash);
        return letter + "(" + certificate.ballot().view() + block + ")";
    }

    private String ballot(Ballot ballot) {
        String block = ballot.blockHash().equals(Hash.NONE) ? "" : "," + of(ballot.blockHash());
        return ballot.kind().name().toLowerCase(Locale.ROOT) + "(" + ballot.view() + block + ")";
    }

    private String of(Hash hash) {
        return names.getOrDefault(hash, hash.shortHex());
    }

    private static String spoken(Effect.Filling filling) {
        return switch (filling) {
            case ONLY_WITH_TRANSACTIONS -> "";
            case EVEN_WITHOUT -> " even empty";
            case EMPTY -> " empty";
        };
    }
}
