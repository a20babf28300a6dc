package org.witan.validator.link.handshake;

import org.witan.genesis.fuzz.FormatsTarget;

/** The messages of a handshake, apart from their order. */
final class HelloFuzzTest extends FormatsTarget {
    HelloFuzzTest() {
        byte[] nothing = new byte[0];
        format(
                "initiator",
                InitiatorHello.CODEC,
                new InitiatorHello(
                        1,
                        1,
                        new byte[] {1, 2},
                        0,
                        Sides.NETWORK,
                        0,
                        new byte[32],
                        new byte[32],
                        new byte[InitiatorHello.KEM_KEY_BYTES],
                        new byte[] {0, 1, 0, 1, 9},
                        new byte[InitiatorHello.MAC_BYTES]));
        format(
                "responder",
                ResponderHello.CODEC,
                new ResponderHello(
                        1,
                        1,
                        -1,
                        new byte[32],
                        new byte[32],
                        new byte[ResponderHello.CIPHERTEXT_BYTES],
                        nothing));
        Claims claims = Sides.claims(Sides.BETA);
        format("claims", Claims.CODEC, claims);
        format("instance", Instance.CODEC, claims.instance());
        format(
                "proof-of-initiator",
                Proof.OfInitiator.CODEC,
                new Proof.OfInitiator(Sides.BETA, Sides.ALPHA, Intent.LINK, claims));
        format(
                "proof-of-responder",
                Proof.OfResponder.CODEC,
                new Proof.OfResponder(Sides.ALPHA, claims));
    }

    @Override
    protected void accepted(Object value) {
        switch (value) {
            case InitiatorHello hello -> Hellos.check(hello.extensions());
            case ResponderHello hello -> Hellos.check(hello.extensions());
            default -> {}
        }
    }
}
