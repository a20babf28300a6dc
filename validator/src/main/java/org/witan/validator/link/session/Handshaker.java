package org.witan.validator.link.session;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.witan.validator.link.guard.Wire;
import org.witan.validator.link.handshake.CloseCode;
import org.witan.validator.link.handshake.Initiator;
import org.witan.validator.link.handshake.Party;
import org.witan.validator.link.handshake.Responder;
import org.witan.validator.link.handshake.Step;

/** Runs the pure sides of the handshake over a wire, each call on a thread that may wait. */
public final class Handshaker {
    private final SecureRandom random = new SecureRandom();
    private final CryptoGate gate;

    /** Handshakes that share a gate. */
    public Handshaker(CryptoGate gate) {
        this.gate = gate;
    }

    /** Proves this node to a known one that it opened the wire to. */
    public Outcome initiate(Party self, Initiator.Target target, Wire wire)
            throws InterruptedException {
        Initiator side = new Initiator(self, target, new FreshSecrets(random), now());
        Step step = side.start();
        while (step instanceof Step.Send(var frame)) {
            wire.send(frame);
            byte[] answer = wire.take(Math.max(1, side.deadlineMillis() - now()));
            if (answer.length > 0) {
                step = side.receive(now(), answer);
            } else if (wire.isOver()) {
                return closedByPeer(self, wire);
            } else {
                step = side.expired();
            }
        }
        return end(step, wire);
    }

    /**
     * Lets someone prove who it is.
     *
     * @param listed whether it comes from an address of a member
     */
    public Outcome respond(Party self, Wire wire, boolean listed) throws InterruptedException {
        Responder side = new Responder(self, now());
        while (true) {
            byte[] message = wire.take(Math.max(1, side.deadlineMillis() - now()));
            if (message.length == 0 && wire.isOver()) {
                return closedByPeer(self, wire);
            }
            Step step = message.length > 0 ? side.receive(now(), message) : side.expired();
            if (step instanceof Step.Agree) {
                Optional<Step> agreed =
                        gate.run(
                                listed,
                                Math.max(1, side.deadlineMillis() - now()),
                                () -> side.agree(now(), new FreshSecrets(random)));
                if (agreed.isEmpty()) {
                    return busy(wire);
                }
                step = agreed.get();
            }
            if (step instanceof Step.Proven) {
                step = side.accept();
            }
            if (!(step instanceof Step.Send(var frame))) {
                return end(step, wire);
            }
            wire.send(frame);
        }
    }

    private static Outcome end(Step step, Wire wire) {
        return switch (step) {
            case Step.Established(var frame, var keys, var peer) -> {
                wire.authenticated();
                if (frame.length > 0) {
                    wire.send(frame);
                }
                yield new Outcome.Proven(peer, keys);
            }
            case Step.Refused refused -> {
                wire.close(refused.code(), refused.reason());
                yield new Outcome.Failed(refused.code(), false, refused.detail(), refused.ownId());
            }
            case Step.Send _, Step.Agree _, Step.Proven _ ->
                    throw new IllegalStateException("not an end: " + step);
        };
    }

    private static Outcome busy(Wire wire) {
        wire.close(CloseCode.BUSY, "");
        return new Outcome.Failed(CloseCode.BUSY, false, "too many handshakes at once");
    }

    private static Outcome closedByPeer(Party self, Wire wire) {
        Wire.End end = wire.end();
        String detail =
                switch (end.code()) {
                    case CloseCode.WRONG_NETWORK ->
                            "it says it is of network %s, we are of %s"
                                    .formatted(end.reason(), self.networkId());
                    case CloseCode.NO_COMMON_VERSION ->
                            "it says it speaks another version: " + end.reason();
                    case CloseCode.NOT_A_MEMBER ->
                            "it says it knows no member "
                                    + self.id()
                                    + (end.reason().isEmpty() ? "" : ": " + printable(end));
                    default -> "it closed the handshake with " + end.code();
                };
        return new Outcome.Failed(end.code(), true, detail);
    }

    private static String printable(Wire.End end) {
        return end.reason().replaceAll("[^ -~]", "?");
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
