package org.witan.validator.link.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.link.keys.Suite;
import org.witan.validator.link.session.FreshSecrets;

/** Honest handshakes, and the refusals that have a code of their own (H2 to H6). */
class HandshakeTest {
    /** Runs both sides against each other; the responder's last word counts. */
    private static Step run(Initiator initiator, Responder responder) {
        byte[] hello = initiator.start().frame();
        if (!(Sides.take(responder, hello) instanceof Step.Send(var answer))) {
            return responder.expired();
        }
        return Sides.take(responder, Sides.sent(initiator.receive(0, answer)));
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void bothSidesEndWithTheSameKeys(Suite suite) {
        Initiator beta = Sides.initiator(Sides.offering(Sides.party(Sides.BETA), suite));
        Responder alpha = new Responder(Sides.party(Sides.ALPHA), 0);
        assertThat(run(beta, alpha)).isInstanceOf(Step.Proven.class);
        Step.Established there = (Step.Established) alpha.accept();
        Step.Established here = (Step.Established) beta.receive(0, there.frame());
        assertThat(here.keys().suite()).isEqualTo(suite);
        assertThat(here.keys().send().key()).isEqualTo(there.keys().receive().key());
        assertThat(here.keys().receive().iv()).isEqualTo(there.keys().send().iv());
        assertThat(here.keys().send().key()).isNotEqualTo(here.keys().receive().key());
        assertThat(here.keys().sessionId()).isEqualTo(there.keys().sessionId());
        assertThat(there.peer().id()).isEqualTo(Sides.BETA);
        assertThat(there.peer().claims().build()).isEqualTo("witan 0.1.0");
        assertThat(here.peer().claims().position()).isEqualTo(new Position(1_000, 3));
    }

    @Test
    void messagesHaveTheSizesOfTheProtocol() {
        Initiator beta = Sides.initiator(Sides.party(Sides.BETA));
        Responder alpha = new Responder(Sides.party(Sides.ALPHA), 0);
        byte[] first = beta.start().frame();
        byte[] second = Sides.sent(Sides.take(alpha, first));
        byte[] third = Sides.sent(beta.receive(0, second));
        assertThat(first).hasSize(1343);
        assertThat(second).hasSize(1170);
        assertThat(third).hasSizeLessThan(512);
    }

    @Test
    void anotherNetworkIsNamed() {
        Initiator beta =
                Sides.initiator(Sides.with(Sides.party(Sides.BETA), Sides.network("other")));
        Responder alpha = new Responder(Sides.party(Sides.ALPHA), 0);
        Step step = alpha.receive(0, beta.start().frame());
        assertThat(step).isInstanceOf(Step.Refused.class);
        Step.Refused refused = (Step.Refused) step;
        assertThat(refused.code()).isEqualTo(CloseCode.WRONG_NETWORK);
        assertThat(refused.reason()).isEqualTo(Sides.NETWORK.toString());
        assertThat(refused.detail())
                .contains(Sides.NETWORK.toString(), Sides.network("other").toString());
    }

    @Test
    void noCommonSuiteIsSaid() {
        Party chacha = Sides.offering(Sides.party(Sides.BETA), Suite.CHACHA20_POLY1305);
        Party aes = Sides.offering(Sides.party(Sides.ALPHA), Suite.AES_256_GCM);
        Step step = new Responder(aes, 0).receive(0, Sides.initiator(chacha).start().frame());
        assertThat(((Step.Refused) step).code()).isEqualTo(CloseCode.NO_COMMON_VERSION);
    }

    @Test
    void preSharedKeysMustAgree() {
        Psk one = new Psk(new byte[32]);
        Psk two = new Psk(Sides.seed(Sides.ALPHA));
        assertThat(shielded(List.of(), List.of())).isEmpty();
        assertThat(shielded(List.of(one), List.of(one))).isEmpty();
        assertThat(shielded(List.of(two), List.of(one, two))).isEmpty();
        assertThat(shielded(List.of(), List.of(one))).contains(CloseCode.FAILED);
        assertThat(shielded(List.of(one), List.of())).contains(CloseCode.FAILED);
        assertThat(shielded(List.of(one), List.of(two))).contains(CloseCode.FAILED);
    }

    /** The code of the refusal of a first hello, if it is refused. */
    private static Optional<Integer> shielded(List<Psk> theirs, List<Psk> ours) {
        Initiator beta = Sides.initiator(Sides.with(Sides.party(Sides.BETA), theirs));
        Responder alpha = new Responder(Sides.with(Sides.party(Sides.ALPHA), ours), 0);
        Step step = alpha.receive(0, beta.start().frame());
        return step instanceof Step.Refused refused
                ? Optional.of(refused.code())
                : Optional.empty();
    }

    /** With a pre-shared key, a stranger does not even learn the network's id. */
    @Test
    void aShieldedNodeTellsStrangersNothing() {
        Party foreign = Sides.with(Sides.party(Sides.BETA), Sides.network("other"));
        Party shielded = Sides.with(Sides.party(Sides.ALPHA), List.of(new Psk(new byte[32])));
        Step step = new Responder(shielded, 0).receive(0, Sides.initiator(foreign).start().frame());
        assertThat(((Step.Refused) step).code()).isEqualTo(CloseCode.FAILED);
        assertThat(((Step.Refused) step).reason()).isEmpty();
    }

    @Test
    void whoShouldWaitMayKnockAndRescueButNotLink() {
        assertThat(reversed(Intent.LINK)).isEqualTo(CloseCode.WRONG_DIRECTION);
        assertThat(reversed(Intent.KNOCK)).isZero();
        assertThat(reversed(Intent.RESCUE)).isZero();
    }

    /** Alpha opens to beta, against the rule; 0 if beta lets it. */
    private static int reversed(Intent intent) {
        Initiator alpha = Sides.initiator(Sides.party(Sides.ALPHA), Sides.BETA, intent);
        Step step = run(alpha, new Responder(Sides.party(Sides.BETA), 0));
        return step instanceof Step.Refused refused ? refused.code() : 0;
    }

    @Test
    void whoIsNotInTheRosterIsRefusedWithoutASignature() {
        NodeId mallory = new NodeId("mallory");
        Initiator stranger = Sides.initiator(Sides.party(mallory));
        Step step = run(stranger, new Responder(Sides.party(Sides.ALPHA), 0));
        assertThat(((Step.Refused) step).code()).isEqualTo(CloseCode.NOT_A_MEMBER);
        assertThat(((Step.Refused) step).ownId()).isFalse();
    }

    @Test
    void whoClaimsOurOwnIdIsToldApartFromOtherStrangers() {
        Initiator twin = Sides.initiator(Sides.party(Sides.ALPHA));
        Step step = run(twin, new Responder(Sides.party(Sides.ALPHA), 0));
        assertThat(((Step.Refused) step).code()).isEqualTo(CloseCode.WRONG_DIRECTION);
        assertThat(((Step.Refused) step).ownId()).isTrue();
    }

    @Test
    void aMembersIdWithAnotherKeyIsRefused() {
        SigningKey other = Sides.key(new NodeId("mallory"));
        Initiator impostor = Sides.initiator(Sides.with(Sides.party(Sides.BETA), other));
        Step step = run(impostor, new Responder(Sides.party(Sides.ALPHA), 0));
        assertThat(((Step.Refused) step).code()).isEqualTo(CloseCode.FAILED);
    }

    @Test
    void anotherKeyNumberIsRefused() {
        Claims old = Sides.claims(Sides.BETA);
        Claims rotated =
                new Claims(
                        1,
                        old.position(),
                        old.instance(),
                        old.build(),
                        old.advertised(),
                        old.keyProof());
        Initiator beta = Sides.initiator(Sides.claiming(Sides.party(Sides.BETA), rotated));
        Step step = run(beta, new Responder(Sides.party(Sides.ALPHA), 0));
        assertThat(((Step.Refused) step).code()).isEqualTo(CloseCode.KEY_NOT_VALID);
    }

    /** Beta means to reach alpha; a relay hands its messages to gamma. */
    @Test
    void whoIsNotMeantRefuses() {
        Initiator beta = Sides.initiator(Sides.party(Sides.BETA));
        Step step = run(beta, new Responder(Sides.party(new NodeId("gamma")), 0));
        assertThat(((Step.Refused) step).code()).isEqualTo(CloseCode.FAILED);
    }

    /** A node's own messages come back to it. */
    @Test
    void reflectionIsRefused() {
        Initiator beta = Sides.initiator(Sides.party(Sides.BETA));
        Step step = run(beta, new Responder(Sides.party(Sides.BETA), 0));
        assertThat(((Step.Refused) step).code()).isEqualTo(CloseCode.FAILED);
    }

    /** Whoever holds the initiator's key cannot pose as the responder to it. */
    @Test
    void aStolenKeyDoesNotImpersonateOthersToItsOwner() {
        Initiator beta = Sides.initiator(Sides.party(Sides.BETA));
        Responder thief =
                new Responder(Sides.with(Sides.party(Sides.ALPHA), Sides.key(Sides.BETA)), 0);
        assertThat(run(beta, thief)).isInstanceOf(Step.Proven.class);
        byte[] forged = ((Step.Established) thief.accept()).frame();
        assertThat(beta.receive(0, forged)).isInstanceOf(Step.Refused.class);
    }

    @Test
    void crossedSessionsAreRefused() {
        Responder alpha = new Responder(Sides.party(Sides.ALPHA), 0);
        Initiator beta = Sides.initiator(Sides.party(Sides.BETA));
        byte[] answer = Sides.sent(Sides.take(alpha, beta.start().frame()));
        Responder other = new Responder(Sides.party(Sides.ALPHA), 0);
        byte[] hello = beta(2).start().frame();
        assertThat(Sides.take(other, hello)).isInstanceOf(Step.Send.class);
        byte[] proof = Sides.sent(beta.receive(0, answer));
        assertThat(Sides.take(other, proof)).isInstanceOf(Step.Refused.class);
    }

    private static Initiator beta(int session) {
        return new Initiator(
                Sides.party(Sides.BETA),
                new Initiator.Target(
                        Sides.ALPHA, Sides.known(Sides.ALPHA).orElseThrow(), Intent.LINK),
                new FreshSecrets(FixedRandom.named("initiator " + session)),
                0);
    }

    @Test
    void patienceEnds() {
        Responder alpha = new Responder(Sides.party(Sides.ALPHA), 0);
        byte[] hello = Sides.initiator(Sides.party(Sides.BETA)).start().frame();
        assertThat(alpha.deadlineMillis()).isEqualTo(2_000);
        assertThat(alpha.receive(2_001, hello)).isInstanceOf(Step.Refused.class);
        assertThat(alpha.receive(0, hello)).isInstanceOf(Step.Refused.class);
    }
}
