package org.witan.validator.consensus.round;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.VoteKind;
import org.witan.validator.consensus.message.Proposal;

/** What is known of one view: its votes, its certificates and its first proposal. */
public final class Round {
    private final long view;
    private final Tally tally = new Tally();
    private final Map<VoteKind, Certificate> certificates = new EnumMap<>(VoteKind.class);
    private final Map<VoteKind, Long> heldSinceMillis = new EnumMap<>(VoteKind.class);
    private @Nullable Proposal proposal;
    private @Nullable String refusal;

    /** A view of which nothing is known. */
    public Round(long view) {
        this.view = view;
    }

    /** The view, from 1. */
    public long view() {
        return view;
    }

    /** Its votes. */
    public Tally tally() {
        return tally;
    }

    /** The certificate of this kind. */
    public Optional<Certificate> certificate(VoteKind kind) {
        return Optional.ofNullable(certificates.get(kind));
    }

    /** Whether a certificate of this kind is held. */
    public boolean has(VoteKind kind) {
        return certificates.containsKey(kind);
    }

    /** Whether no certificate is held. */
    public boolean isOpen() {
        return certificates.isEmpty();
    }

    /** The certificate that a block of this view may be built on: the finalization if held. */
    public Optional<Certificate> foundation() {
        Certificate finalization = certificates.get(VoteKind.FINALIZE);
        return finalization != null
                ? Optional.of(finalization)
                : Optional.ofNullable(certificates.get(VoteKind.NOTARIZE));
    }

    /** Keeps a verified certificate, unless one of its kind is held. */
    public void keep(Certificate certificate, long nowMillis) {
        VoteKind kind = certificate.ballot().kind();
        if (certificates.putIfAbsent(kind, certificate) == null) {
            heldSinceMillis.put(kind, nowMillis);
        }
    }

    /** Since when a certificate of this kind is held; the greatest number if none is. */
    public long heldSinceMillis(VoteKind kind) {
        return heldSinceMillis.getOrDefault(kind, Long.MAX_VALUE);
    }

    /** All certificates, in the order of their kinds. */
    public Iterable<Certificate> certificates() {
        return certificates.values();
    }

    /** The first authentic proposal. */
    public Optional<Proposal> proposal() {
        return Optional.ofNullable(proposal);
    }

    /** Keeps the first proposal; later ones are another's evidence. */
    public void propose(Proposal first) {
        if (proposal == null) {
            proposal = first;
        }
    }

    /** Why the proposal can never be accepted. */
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Says for good that the proposal cannot be accepted. */
    public void refuse(String reason) {
        refusal = reason;
    }
}
