package org.witan.chain.change;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Quorum;

/**
 * The organisations that decide and the changes that are open, as the state records them under
 * {@code network/council}.
 *
 * <p>Wire v1: version u8, next change u63, seats u16 count, open changes u16 count. Golden: {@code
 * council.v1.hex}.
 *
 * @param nextChange number that the next change will have, from 1
 * @param seats one for each organisation, ascending by id, at most 100
 * @param open changes that were not closed, ascending by number; some may have expired
 */
public record Council(long nextChange, List<Seat> seats, List<Open> open) {
    /** Most organisations. */
    public static final int MAX_SEATS = 100;

    /** Most changes of one organisation that are open at a time. */
    public static final int MAX_OPEN_OF_ONE = 4;

    private static final int MAX_OPEN = MAX_SEATS * MAX_OPEN_OF_ONE;

    /**
     * An organisation that decides.
     *
     * <p>Wire: id, members u31.
     *
     * @param organisation its id
     * @param members how many members it answers for
     */
    public record Seat(NodeId organisation, int members) {
        static final Codec<Seat> CODEC =
                new Codec<>(
                        (seat, out) -> {
                            NodeId.CODEC.write(seat.organisation, out);
                            out.u31(seat.members);
                        },
                        in -> new Seat(NodeId.CODEC.read(in), in.u31()));
    }

    /**
     * A change that waits for approvals.
     *
     * <p>Wire: number u63, organisation, membership u8, expires u63.
     *
     * @param number of the change
     * @param organisation that proposed it
     * @param membership whether it changes who the members are
     * @param expires last height at which it can be applied
     */
    public record Open(long number, NodeId organisation, boolean membership, long expires) {
        static final Codec<Open> CODEC =
                new Codec<>(
                        (change, out) -> {
                            out.u63(change.number);
                            NodeId.CODEC.write(change.organisation, out);
                            out.bool(change.membership).u63(change.expires);
                        },
                        in -> new Open(in.u63(), NodeId.CODEC.read(in), in.bool(), in.u63()));
    }

    /** See the type. */
    public static final Codec<Council> CODEC =
            new Codec<>(
                    (council, out) -> {
                        out.u8(1).u63(council.nextChange);
                        out.list16(council.seats, Seat.CODEC);
                        out.list16(council.open, Open.CODEC);
                    },
                    in -> {
                        in.version(1);
                        return new Council(
                                in.u63(),
                                in.list16(MAX_SEATS, 6, Seat.CODEC),
                                in.list16(MAX_OPEN, 19, Open.CODEC));
                    });

    /** How many of the organisations decide. */
    public Quorum quorum() {
        return new Quorum(seats.size());
    }

    /** The seat of an organisation. */
    public Optional<Seat> seat(NodeId organisation) {
        return seats.stream().filter(seat -> seat.organisation.equals(organisation)).findFirst();
    }

    /** How many of these have a seat. */
    public int count(List<NodeId> organisations) {
        return (int) organisations.stream().filter(id -> seat(id).isPresent()).count();
    }

    /** Whether a change of the membership is open at {@code height}. */
    public boolean isMembershipOpen(long height) {
        return open.stream().anyMatch(change -> change.membership && height <= change.expires);
    }

    /** Whether an organisation may not propose anything before one of its changes is closed. */
    public boolean isBusy(NodeId organisation, long height) {
        long own =
                open.stream()
                        .filter(change -> height <= change.expires)
                        .filter(change -> change.organisation.equals(organisation))
                        .count();
        return own >= MAX_OPEN_OF_ONE
                || open.stream().filter(change -> height <= change.expires).count() >= MAX_OPEN;
    }

    /** The same with one more open change, which takes the next number; forgets expired ones. */
    public Council proposed(Open change, long height) {
        List<Open> more = new ArrayList<>(open);
        more.removeIf(other -> height > other.expires);
        more.add(change);
        return new Council(nextChange + 1, seats, List.copyOf(more));
    }

    /** The same without an open change. */
    public Council closed(long number) {
        List<Open> rest = open.stream().filter(change -> change.number != number).toList();
        return new Council(nextChange, seats, rest);
    }

    /** The same with another seat instead of the organisation's present one, if it has one. */
    public Council withSeat(Seat seat) {
        List<Seat> changed = new ArrayList<>(withoutSeat(seat.organisation).seats);
        changed.add(seat);
        changed.sort(Comparator.comparing(Seat::organisation));
        return new Council(nextChange, List.copyOf(changed), open);
    }

    /** The same without the seat of an organisation. */
    public Council withoutSeat(NodeId organisation) {
        List<Seat> rest =
                seats.stream().filter(seat -> !seat.organisation.equals(organisation)).toList();
        return new Council(nextChange, rest, open);
    }
}
