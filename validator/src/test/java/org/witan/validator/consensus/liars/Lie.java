package org.witan.validator.consensus.liars;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Hash;
import org.witan.validator.consensus.message.Blocks;
import org.witan.validator.consensus.message.Certificates;
import org.witan.validator.consensus.message.ConsensusMessage;
import org.witan.validator.consensus.message.Proposal;
import org.witan.validator.consensus.message.Status;
import org.witan.validator.consensus.message.Votes;

/** Lies that people thought of, each told at every occasion. What they may cost is noted. */
enum Lie implements Assembly.Mouth {
    /** A leader shows one half another block than the other. */
    SPLITS_HALF("") {
        @Override
        public List<ConsensusMessage> says(Seat from, Seat to, ConsensusMessage message) {
            return to.member() % 2 == 0 ? List.of(message) : version(from, message);
        }
    },
    /** A leader shows one member another block than all others. */
    SHOWS_ONE_ANOTHER("") {
        @Override
        public List<ConsensusMessage> says(Seat from, Seat to, ConsensusMessage message) {
            return isLast(to) ? version(from, message) : List.of(message);
        }
    },
    /** Votes for two blocks. */
    VOTES_TWICE("Accuse") {
        @Override
        public List<ConsensusMessage> says(Seat from, Seat to, ConsensusMessage message) {
            return with(message, votes(message).flatMap(v -> another(from, v)));
        }
    },
    /** Gives up what it finalizes, and finalizes what it gives up. */
    FINALIZES_AND_GIVES_UP("Accuse") {
        @Override
        public List<ConsensusMessage> says(Seat from, Seat to, ConsensusMessage message) {
            return with(message, votes(message).map(v -> opposite(from, v)));
        }
    },
    /**
     * Lets one member see a notarization, and gives up toward the others. What that member says of
     * it is lost, so that the others lack a vote; only when it leads is it heard.
     */
    SHARES_WITH_ONE("") {
        @Override
        Assembly.Wire wire() {
            return (from, to, message) ->
                    isLast(from) && notarizes(message)
                            ? Assembly.Wire.LOST
                            : Assembly.Wire.SOUND.millis(from, to, message);
        }

        @Override
        public List<ConsensusMessage> says(Seat from, Seat to, ConsensusMessage message) {
            if (isLast(to)) {
                return List.of(message);
            }
            List<Vote> given =
                    votes(message)
                            .map(v -> cast(from, VoteKind.NULLIFY, v.ballot().view(), Hash.NONE))
                            .toList();
            return given.isEmpty() ? List.of() : List.of(new Votes(given));
        }
    },
    /** A leader waits until patience is nearly over. */
    LEADS_AT_THE_LAST_MOMENT("") {
        @Override
        public List<ConsensusMessage> says(Seat from, Seat to, ConsensusMessage message) {
            return message instanceof Proposal ? later(from, to, message, 660) : List.of(message);
        }
    },
    /** Says nothing at all. */
    IS_SILENT("") {
        @Override
        public List<ConsensusMessage> says(Seat from, Seat to, ConsensusMessage message) {
            return List.of();
        }
    },
    /** Says everything half a second late. */
    DRIPS("") {
        @Override
        public List<ConsensusMessage> says(Seat from, Seat to, ConsensusMessage message) {
            return later(from, to, message, 500);
        }
    },
    /** Proposes a body that is larger than allowed. */
    PROPOSES_TOO_MUCH("") {
        @Override
        public List<ConsensusMessage> says(Seat from, Seat to, ConsensusMessage message) {
            return message instanceof Proposal p
                    ? List.of(proposal(from, p, Ink.claiming(p.block(), 2 << 20)))
                    : List.of(message);
        }
    },
    /** Gives every view up and says nothing else. */
    ONLY_GIVES_UP("") {
        @Override
        public List<ConsensusMessage> says(Seat from, Seat to, ConsensusMessage message) {
            return List.of(new Votes(List.of(cast(from, VoteKind.NULLIFY, to.view(), Hash.NONE))));
        }
    },
    /** Claims to be far ahead. */
    CLAIMS_TO_BE_AHEAD("Behind") {
        @Override
        public List<ConsensusMessage> says(Seat from, Seat to, ConsensusMessage message) {
            return message instanceof Status s
                    ? List.of(status(s, s.view() + 1_000, s.finalizedView() + 1_000))
                    : List.of(message);
        }
    },
    /** Answers those who ask where it stands with anything, each time something else. */
    ANSWERS_ANYTHING("Behind") {
        @Override
        public List<ConsensusMessage> says(Seat from, Seat to, ConsensusMessage message) {
            if (!(message instanceof Status s)) {
                return List.of(message);
            }
            return Stream.of(
                            at(s, s.epoch(), Math.max(0, s.view() - 3)),
                            at(s, s.epoch(), 0),
                            at(s, s.epoch() - 1, s.view()),
                            at(s, s.epoch() + 1, 1),
                            at(s, Long.MAX_VALUE, Long.MAX_VALUE),
                            at(s, s.epoch(), s.view() + 1_000_000),
                            at(s, s.epoch(), Long.MAX_VALUE - 1),
                            at(s, s.epoch(), Long.MAX_VALUE))
                    .toList();
        }
    },
    /** Claims to know nothing, again and again, so that it is told everything. */
    CLAIMS_TO_LACK_ALL("") {
        @Override
        public List<ConsensusMessage> says(Seat from, Seat to, ConsensusMessage message) {
            ConsensusMessage nothing = message instanceof Status s ? status(s, 1, 0) : message;
            List<ConsensusMessage> said = new ArrayList<>(List.of(nothing));
            for (int again = 1; message instanceof Status && again < 100; again++) {
                said.addAll(later(from, to, nothing, 9L * again));
            }
            return said;
        }
    },
    /** Proves its proposals with certificates that nobody signed. */
    FORGES_PROOFS("Punish") {
        @Override
        public List<ConsensusMessage> says(Seat from, Seat to, ConsensusMessage message) {
            if (!(message instanceof Proposal p)) {
                return List.of(message);
            }
            List<Certificate> proofs =
                    List.of(
                            forged(from, VoteKind.NOTARIZE, p.view() + 1, p.hash()),
                            forged(from, VoteKind.NULLIFY, p.view(), Hash.NONE));
            return List.of(new Proposal(p.vote(), proofs, p.block()));
        }
    },
    /** Certificates of views that are far away. */
    FLOODS_WITH_FAR_CERTIFICATES("Punish") {
        @Override
        public List<ConsensusMessage> says(Seat from, Seat to, ConsensusMessage message) {
            List<Certificate> far = new ArrayList<>();
            for (long view = 1_000_000; view < 1_000_000 + Certificates.MAX; view++) {
                far.add(forged(from, VoteKind.NULLIFY, view, Hash.NONE));
            }
            return List.of(new Certificates(far), message);
        }
    },
    /** Bodies that nobody asked for. */
    SENDS_BLOCKS_UNASKED("") {
        @Override
        public List<ConsensusMessage> says(Seat from, Seat to, ConsensusMessage message) {
            return message instanceof Proposal p
                    ? List.of(new Blocks(List.of(Ink.later(p.block(), 7), p.block())), message)
                    : List.of(message);
        }
    },
    /** Its votes are signed with a key that is not its own. */
    SIGNS_WITH_ANOTHER_KEY("Punish") {
        @Override
        public List<ConsensusMessage> says(Seat from, Seat to, ConsensusMessage message) {
            return message instanceof Votes(var votes)
                    ? List.of(new Votes(votes.stream().map(Lie::badlySigned).toList()))
                    : List.of(message);
        }
    },
    /** Votes and proposes in the names of others. */
    SPEAKS_FOR_OTHERS("Punish") {
        @Override
        public List<ConsensusMessage> says(Seat from, Seat to, ConsensusMessage message) {
            int other = from.member() + 1;
            Stream<ConsensusMessage> votes =
                    votes(message)
                            .map(v ->
                                    new Votes(List.of(new Vote(v.ballot(), other, v.signature()))));
            return Stream.concat(Stream.of(message), votes).toList();
        }
    },
    /** Leads past one member, who must fetch, and answers it with other blocks and bodies. */
    ANSWERS_WITH_GARBAGE("Punish") {
        @Override
        public List<ConsensusMessage> says(Seat from, Seat to, ConsensusMessage message) {
            if (message instanceof Proposal && !isLast(to)) {
                return List.of(message);
            }
            return switch (message) {
                case Proposal p -> List.of();
                case Blocks(var blocks) ->
                        List.of(
                                new Blocks(blocks.stream().map(b -> Ink.later(b, 1)).toList()),
                                new Blocks(blocks.stream().map(Ink::withAnotherBody).toList()));
                default -> List.of(message);
            };
        }
    },
    /** Contradicts itself in every view that is still counted. */
    FLOODS_WITH_EVIDENCE("Accuse") {
        @Override
        public List<ConsensusMessage> says(Seat from, Seat to, ConsensusMessage message) {
            List<Vote> votes = new ArrayList<>();
            for (long view = Math.max(1, to.view() - 8); view < to.view() + 8; view++) {
                for (Hash hash : List.of(from.epoch().configHash(), Hash.ofHex("11".repeat(32)))) {
                    votes.add(cast(from, VoteKind.NOTARIZE, view, hash));
                    votes.add(cast(from, VoteKind.FINALIZE, view, hash));
                }
                votes.add(cast(from, VoteKind.NULLIFY, view, Hash.NONE));
            }
            return List.of(message, new Votes(votes));
        }
    },
    /** Proposes blocks whose state is wrong; all liars notarize and finalize them. */
    PROPOSES_INVALID_BLOCKS("INVALID_BLOCK") {
        @Override
        public List<ConsensusMessage> says(Seat from, Seat to, ConsensusMessage message) {
            if (!(message instanceof Proposal p)) {
                return List.of(message);
            }
            Block invalid = Ink.invalid(p.block());
            Vote last = cast(from, VoteKind.FINALIZE, p.view(), invalid.hash());
            from.assembly().seats().stream()
                    .filter(s -> !s.isHonest() && s != from && s != to)
                    .forEach(s -> s.assembly().tell(s, to, both(s, p.view(), invalid.hash())));
            return List.of(proposal(from, p, invalid), new Votes(List.of(last)));
        }
    },
    /** Repeats what it said in epochs that are over. */
    REPEATS_OLD_EPOCHS("") {
        private static final int KEPT = 40;

        @Override
        public List<ConsensusMessage> says(Seat from, Seat to, ConsensusMessage message) {
            List<ConsensusMessage> said = from.said();
            if (said.size() < KEPT && !(message instanceof Status)) {
                said.add(message);
            }
            return from.epoch().number() == 1
                    ? List.of(message)
                    : Stream.concat(Stream.of(message), said.stream()).toList();
        }
    };

    private final String consequence;

    Lie(String consequence) {
        this.consequence = consequence;
    }

    /** What honest members do about it, as {@link Seat#count} has it, or nothing. */
    Optional<String> consequence() {
        return consequence.isEmpty() ? Optional.empty() : Optional.of(consequence);
    }

    /** The network in which it is told. */
    Assembly.Wire wire() {
        return Assembly.Wire.SOUND;
    }

    /** Proposals do not count. */
    private static boolean notarizes(ConsensusMessage message) {
        return switch (message) {
            case Votes(var votes) ->
                    votes.stream().anyMatch(v -> v.ballot().kind() == VoteKind.NOTARIZE);
            case Certificates(var certificates) ->
                    certificates.stream().anyMatch(c -> c.ballot().kind() == VoteKind.NOTARIZE);
            default -> false;
        };
    }

    private static Votes both(Seat from, long view, Hash hash) {
        return new Votes(
                List.of(
                        cast(from, VoteKind.NOTARIZE, view, hash),
                        cast(from, VoteKind.FINALIZE, view, hash)));
    }

    private static boolean isLast(Seat seat) {
        return seat.number() == seat.assembly().seats().size() - 1;
    }

    /** The votes in a message. */
    static Stream<Vote> votes(ConsensusMessage message) {
        return switch (message) {
            case Votes(var votes) -> votes.stream();
            case Proposal proposal -> Stream.of(proposal.vote());
            default -> Stream.of();
        };
    }

    private static List<ConsensusMessage> with(ConsensusMessage message, Stream<Vote> more) {
        List<Vote> votes = more.toList();
        return votes.isEmpty() ? List.of(message) : List.of(message, new Votes(votes));
    }

    private static Vote cast(Seat from, VoteKind kind, long view, Hash hash) {
        return Ink.vote(from.epoch(), from.member(), kind, view, hash);
    }

    private static Stream<Vote> another(Seat from, Vote vote) {
        Ballot ballot = vote.ballot();
        return ballot.kind() == VoteKind.NULLIFY
                ? Stream.of()
                : Stream.of(cast(from, ballot.kind(), ballot.view(), ballot.configHash()));
    }

    private static Vote opposite(Seat from, Vote vote) {
        Ballot ballot = vote.ballot();
        return ballot.kind() == VoteKind.NULLIFY
                ? cast(from, VoteKind.FINALIZE, ballot.view(), ballot.configHash())
                : cast(from, VoteKind.NULLIFY, ballot.view(), Hash.NONE);
    }

    private static Vote badlySigned(Vote vote) {
        Vote others = Ink.sign(vote.ballot(), vote.signer() + 1);
        return new Vote(vote.ballot(), vote.signer(), others.signature());
    }

    private static List<ConsensusMessage> version(Seat from, ConsensusMessage message) {
        return switch (message) {
            case Proposal p -> List.of(proposal(from, p, Ink.later(p.block(), 1)));
            case Votes votes -> List.of();
            default -> List.of(message);
        };
    }

    private static Proposal proposal(Seat from, Proposal p, Block block) {
        from.assembly().know(block);
        Vote vote = cast(from, VoteKind.NOTARIZE, p.view(), block.hash());
        return new Proposal(vote, p.justification(), block);
    }

    private static List<ConsensusMessage> later(
            Seat from, Seat to, ConsensusMessage message, long millis) {
        Assembly assembly = from.assembly();
        assembly.at(assembly.now() + millis, () -> assembly.tell(from, to, message));
        return List.of();
    }

    private static ConsensusMessage at(Status s, long epoch, long view) {
        return status(s, epoch, view, s.finalizedView(), s.finalizedHeight());
    }

    private static Status status(Status s, long view, long finalizedView) {
        long height = finalizedView > 0 ? s.finalizedHeight() + 1_000 : 0;
        return status(s, s.epoch(), view, finalizedView, height);
    }

    private static Status status(
            Status s, long epoch, long view, long finalizedView, long finalizedHeight) {
        return new Status(
                epoch,
                view,
                finalizedView,
                finalizedHeight,
                s.finalizedHash(),
                new Status.Held(new BitSet(), new BitSet()),
                false,
                false,
                true,
                s.protocol(),
                s.links());
    }

    private static Certificate forged(Seat from, VoteKind kind, long view, Hash hash) {
        Vote own = cast(from, kind, view, hash);
        int quorum = from.epoch().configuration().quorum().size();
        List<Integer> signers = Stream.iterate(0, i -> i + 1).limit(quorum).toList();
        return new Certificate(
                own.ballot(), signers, signers.stream().map(s -> own.signature()).toList());
    }
}
