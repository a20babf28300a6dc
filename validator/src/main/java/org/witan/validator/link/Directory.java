package org.witan.validator.link;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.link.dial.Direction;
import org.witan.validator.link.handshake.Claims;
import org.witan.validator.link.handshake.CloseCode;
import org.witan.validator.link.handshake.Party;
import org.witan.validator.link.handshake.Step;
import org.witan.validator.link.keys.Suite;

/** What this node says of itself and knows of others, as the handshake asks for it. */
final class Directory {
    /** A frame that closes a connection has no room for more. */
    private static final int MOST_REASON = 120;

    private final LinkSettings settings;
    private final LinkIdentity self;
    private volatile Roster roster;

    Directory(LinkSettings settings, LinkIdentity self, Roster roster) {
        this.settings = settings;
        this.self = self;
        this.roster = roster;
    }

    void roster(Roster newer) {
        roster = newer;
    }

    Roster roster() {
        return roster;
    }

    /** This node as one side of a handshake that starts now. */
    Party party() {
        Roster snapshot = roster;
        Claims claims =
                new Claims(
                        self.keyNumber(),
                        self.position().get(),
                        self.instance(),
                        self.build(),
                        self.advertised(),
                        self.proofs().own());
        return new Party(
                self.networkId(),
                self.id(),
                self.signer(),
                Ed25519.VERIFIER,
                claims,
                settings.psks(),
                List.of(Suite.values()),
                Party.Versions.upToLevel(self.greatestLevel()),
                book(snapshot));
    }

    private Party.Book book(Roster snapshot) {
        return new Party.Book() {
            @Override
            public Optional<Party.Known> find(NodeId id) {
                return snapshot.find(id).flatMap(Directory.this::known);
            }

            @Override
            public Optional<PublicKey> newerKey(NodeId id, int keyNumber, byte[] certificates) {
                return self.proofs().key(id, keyNumber, certificates);
            }

            @Override
            public Party.KeyChoice newcomer(NodeId id, byte[] shown) {
                LinkIdentity.Newcomer newcomer = self.proofs().newcomer(id, shown);
                return newcomer.key()
                        .<Party.KeyChoice>map(key -> new Party.KeyChoice.Use(key, true))
                        .orElseGet(() -> stranger(id, newcomer.why()));
            }
        };
    }

    /** What a handshake needs to know of a member; empty if this node does not link with it. */
    Optional<Party.Known> known(Member member) {
        Direction direction = direction(member);
        if (direction == Direction.NONE) {
            return Optional.empty();
        }
        boolean opens = direction != Direction.OPENS;
        return Optional.of(new Party.Known(member.key(), member.keyNumber(), opens));
    }

    private static Party.KeyChoice stranger(NodeId id, String why) {
        String reason = why.substring(0, Math.min(MOST_REASON, why.length()));
        String detail = id + " is not a member here" + (why.isEmpty() ? "" : ": " + why);
        return new Party.KeyChoice.None(new Step.Refused(CloseCode.NOT_A_MEMBER, reason, detail));
    }

    /** By the roles that are known now: a validator that was made an observer opens to others. */
    Direction direction(Member member) {
        Role own = roster.find(self.id()).map(Member::role).orElse(self.role());
        return Direction.of(self.id(), own, member.id(), member.role());
    }

    /** Where to try a member: what was given by hand, the roster's, what it said of itself. */
    List<Endpoint> endpoints(NodeId id, Optional<Endpoint> advertised) {
        Set<Endpoint> found = new LinkedHashSet<>();
        for (LinkSettings.Join join : settings.joins()) {
            if (join.id().equals(id)) {
                found.add(join.endpoint());
            }
        }
        roster.find(id).ifPresent(member -> found.addAll(member.endpoints()));
        advertised.ifPresent(found::add);
        return new ArrayList<>(found);
    }

    /** Every host that a member may be found at. */
    List<String> hosts() {
        Set<String> hosts = new LinkedHashSet<>();
        settings.joins().forEach(join -> hosts.add(join.endpoint().host()));
        roster.members().forEach(member -> member.endpoints().forEach(e -> hosts.add(e.host())));
        return new ArrayList<>(hosts);
    }
}
