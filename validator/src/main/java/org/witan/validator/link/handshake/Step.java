package org.witan.validator.link.handshake;

import org.witan.genesis.membership.NodeId;
import org.witan.validator.link.keys.LinkKeys;

/** What a side of a handshake wants done next. */
public sealed interface Step {
    /**
     * Send this and wait for the answer.
     *
     * @param frame one whole message
     */
    record Send(byte[] frame) implements Step {}

    /** Call {@link Responder#agree} where processor time for strangers is rationed. */
    record Agree() implements Step {}

    /**
     * The initiator proved who it is; {@link Responder#accept} answers with this side's proof.
     *
     * @param peer what it proved and said
     */
    record Proven(Peer peer) implements Step {}

    /**
     * Done.
     *
     * @param frame the last message to send; empty at the initiator
     * @param keys for the record layer
     * @param peer what the other side proved and said
     */
    record Established(byte[] frame, LinkKeys keys, Peer peer) implements Step {}

    /**
     * No link: close with this code and reason.
     *
     * @param code close code
     * @param reason what the other side may read; empty for {@link CloseCode#FAILED}
     * @param detail for this node's log
     * @param ownId whether the other side claims this node's own id
     */
    record Refused(int code, String reason, String detail, boolean ownId) implements Step {
        /** A refusal of someone who does not claim this node's own id. */
        public Refused(int code, String reason, String detail) {
            this(code, reason, detail, false);
        }

        static Refused failed(String detail) {
            return new Refused(CloseCode.FAILED, "", detail);
        }
    }

    /**
     * The other side of a finished handshake.
     *
     * @param id proven
     * @param intent why the initiator opened
     * @param claims what the other side said of itself, under its signature
     * @param key what it signed with, and how this side knows it
     * @param protocol the version that both speak, the highest that both offered
     * @param features feature bits that both sides set
     */
    record Peer(
            NodeId id,
            Intent intent,
            Claims claims,
            Party.KeyChoice.Use key,
            int protocol,
            long features) {}
}
