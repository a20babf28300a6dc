package org.witan.validator.link.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.membership.NodeId;

/** Versions, features and keys of later epochs (H8, H10). */
class VersionsTest {
    private static final byte[] PROOF = {1, 2, 3};
    private static final SigningKey SECOND = Sides.key(new NodeId("second"));

    private static Party speaking(NodeId id, int least, int greatest, long features) {
        return Sides.speaking(Sides.party(id), new Party.Versions(least, greatest, features));
    }

    private static Step run(Party beta, Party alpha) {
        Initiator initiator = Sides.initiator(beta);
        Responder responder = new Responder(alpha, 0);
        Step hello = Sides.take(responder, initiator.start().frame());
        if (!(hello instanceof Step.Send(var answer))) {
            return hello;
        }
        Step proof = responder.receive(0, Sides.sent(initiator.receive(0, answer)));
        return proof instanceof Step.Proven
                ? initiator.receive(0, ((Step.Established) responder.accept()).frame())
                : proof;
    }

    @ParameterizedTest
    @CsvSource({"1,1,1,1,1", "1,3,1,2,2", "1,2,2,5,2", "2,4,1,9,4", "3,3,1,3,3"})
    void theHighestCommonVersionIsChosen(int least, int most, int theirs, int greatest, int is) {
        Step step =
                run(
                        speaking(Sides.BETA, least, most, 0b0110),
                        speaking(Sides.ALPHA, theirs, greatest, 0b0011));
        assertThat(step).isInstanceOf(Step.Established.class);
        Step.Peer peer = ((Step.Established) step).peer();
        assertThat(peer.protocol()).isEqualTo(is);
        assertThat(peer.features()).as("features that both have").isEqualTo(0b0010);
    }

    /** Bit n says that level n + 2 is spoken; who sets none speaks the first level. */
    @ParameterizedTest
    @CsvSource({"1,1,1", "1,2,1", "2,2,2", "2,5,2", "7,5,5", "17,17,17", "99,99,17"})
    void theHighestCommonLevelIsKnown(int ours, int theirs, int common) {
        long we = Party.Versions.upToLevel(ours).features();
        long they = Party.Versions.upToLevel(theirs).features();
        Step step = run(speaking(Sides.BETA, 1, 1, we), speaking(Sides.ALPHA, 1, 1, they));
        long both = ((Step.Established) step).peer().features();
        assertThat(Party.Versions.commonLevel(both)).isEqualTo(common);
    }

    @ParameterizedTest
    @CsvSource({"1,1,2,3", "4,5,1,3", "3,2,1,9"})
    void withoutACommonVersionThereIsNoLink(int least, int most, int theirs, int greatest) {
        Step step =
                run(
                        speaking(Sides.BETA, least, most, 0),
                        speaking(Sides.ALPHA, theirs, greatest, 0));
        Step.Refused refused = (Step.Refused) step;
        assertThat(refused.code()).isEqualTo(CloseCode.NO_COMMON_VERSION);
        assertThat(refused.reason()).isEqualTo("protocol %d to %d".formatted(theirs, greatest));
    }

    /** Somebody on the path lowers the offer, or the answer. */
    @Test
    void aLoweredOfferOrAnswerEndsTheHandshake() {
        Party beta = speaking(Sides.BETA, 1, 3, 0);
        Party alpha = speaking(Sides.ALPHA, 1, 3, 0);
        Initiator initiator = Sides.initiator(beta);
        byte[] hello = initiator.start().frame();
        byte[] lowered = hello.clone();
        lowered[8] = 1;
        assertThat(new Responder(alpha, 0).receive(0, lowered)).isInstanceOf(Step.Refused.class);
        Responder responder = new Responder(alpha, 0);
        byte[] answer = Sides.sent(Sides.take(responder, hello));
        assertThat(answer[6]).isEqualTo((byte) 3);
        answer[6] = 1;
        byte[] proof = Sides.sent(initiator.receive(0, answer));
        assertThat(responder.receive(0, proof)).isInstanceOf(Step.Refused.class);
    }

    private static Party rotated(int keyNumber, long epoch, byte[] proof) {
        Claims old = Sides.claims(Sides.BETA);
        Claims claims =
                new Claims(
                        keyNumber,
                        new Position(9_000, epoch),
                        old.instance(),
                        old.build(),
                        old.advertised(),
                        proof);
        return Sides.with(Sides.claiming(Sides.party(Sides.BETA), claims), SECOND);
    }

    /** Alpha stands in epoch 3 and believes the one sequence of bytes. */
    private static Party alpha() {
        Party.Book book =
                new Party.Book() {
                    @Override
                    public Optional<Party.Known> find(NodeId id) {
                        return Sides.known(id);
                    }

                    @Override
                    public Optional<PublicKey> newerKey(NodeId id, int number, byte[] bytes) {
                        boolean proven = number == 1 && Arrays.equals(bytes, PROOF);
                        return proven ? Optional.of(SECOND.publicKey()) : Optional.empty();
                    }
                };
        return Sides.knowing(Sides.party(Sides.ALPHA), book);
    }

    @Test
    void aNewerKeyHoldsIfCertificatesLeadToIt() {
        Responder responder = new Responder(alpha(), 0);
        Initiator initiator = Sides.initiator(rotated(1, 4, PROOF));
        byte[] answer = Sides.sent(Sides.take(responder, initiator.start().frame()));
        Step step = responder.receive(0, Sides.sent(initiator.receive(0, answer)));
        assertThat(step).isInstanceOf(Step.Proven.class);
        Party.KeyChoice.Use key = ((Step.Proven) step).peer().key();
        assertThat(key).isEqualTo(new Party.KeyChoice.Use(SECOND.publicKey(), true));
    }

    @Test
    void withoutThatTheNodeHasToCatchUpFirst() {
        Step.Refused refused = (Step.Refused) run(rotated(1, 4, new byte[0]), alpha());
        assertThat(refused.code()).isEqualTo(CloseCode.STALE_EPOCH);
        assertThat(refused.reason()).isEqualTo("epoch 3");
        assertThat(refused.detail()).contains("epoch 4", "catch up");
        Step.Refused noLater = (Step.Refused) run(rotated(1, 3, new byte[0]), alpha());
        assertThat(noLater.code()).isEqualTo(CloseCode.KEY_NOT_VALID);
        Step.Refused unknown = (Step.Refused) run(rotated(2, 4, PROOF), alpha());
        assertThat(unknown.code()).isEqualTo(CloseCode.STALE_EPOCH);
    }

    /** Certificates prove whose key it is, not that the one who shows them has it. */
    @Test
    void certificatesAloneProveNothing() {
        Party thief = Sides.with(rotated(1, 4, PROOF), Sides.key(new NodeId("thief")));
        Step.Refused refused = (Step.Refused) run(thief, alpha());
        assertThat(refused.code()).isEqualTo(CloseCode.FAILED);
    }
}
