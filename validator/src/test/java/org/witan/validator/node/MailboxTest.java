package org.witan.validator.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.witan.genesis.membership.NodeId;

/** Order, bounds and back-pressure of what waits for the node loop. */
@Timeout(20)
class MailboxTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");

    private final Mailbox<String> mailbox = new Mailbox<>();

    @Test
    void ownInputsGoFirstThenPeersInTurn() throws InterruptedException {
        mailbox.put(A, "a1", 1);
        mailbox.put(A, "a2", 1);
        mailbox.put(B, "b1", 1);
        mailbox.put("own");
        assertThat(mailbox.take(10, 0)).containsExactly("own", "a1", "b1", "a2");
        assertThat(mailbox.take(10, 0)).isEmpty();
    }

    @Test
    void aFloodOfOneDoesNotDelayTheOther() throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            mailbox.put(A, "flood", 1);
        }
        mailbox.put(B, "vote", 1);
        assertThat(mailbox.take(2, 0)).containsExactly("flood", "vote");
    }

    @Test
    void clientsGetHalfOfATurnWhilePeersWaitAndAllOfItOtherwise() throws InterruptedException {
        for (int i = 0; i < 12; i++) {
            mailbox.putClients("client");
        }
        mailbox.put("tick");
        mailbox.put(A, "vote", 1);
        mailbox.put(B, "vote", 1);
        mailbox.put(B, "vote", 1);
        assertThat(mailbox.take(6, 0))
                .containsExactly("tick", "client", "client", "client", "vote", "vote");
        assertThat(mailbox.take(6, 0))
                .containsExactly("client", "client", "client", "vote", "client", "client");
        assertThat(mailbox.take(6, 0)).hasSize(4).containsOnly("client");
    }

    @Test
    void aFullShareBlocksItsPeerOnlyUntilSomethingIsTaken() throws Exception {
        for (int i = 0; i < Mailbox.SHARE_INPUTS; i++) {
            assertThat(mailbox.offer(A, "flood", 1)).isTrue();
        }
        assertThat(mailbox.offer(A, "one too many", 1)).isFalse();
        assertThat(mailbox.offer(B, "other", 1)).isTrue();
        CompletableFuture<Boolean> blocked = new CompletableFuture<>();
        Thread writer =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                blocked.complete(mailbox.put(A, "late", 1));
                            } catch (InterruptedException e) {
                                blocked.completeExceptionally(e);
                            }
                        });
        List<String> taken = new ArrayList<>();
        while (!taken.contains("late")) {
            taken.addAll(mailbox.take(100, 50));
        }
        assertThat(blocked.get(10, TimeUnit.SECONDS)).isTrue();
        writer.join();
        assertThat(taken).hasSize(Mailbox.SHARE_INPUTS + 2);
    }

    @Test
    void bytesCountButOneLargeMessagePassesAlone() {
        assertThat(mailbox.offer(A, "huge", Mailbox.SHARE_BYTES + 1)).isTrue();
        assertThat(mailbox.offer(A, "more", 1)).isFalse();
    }

    @Test
    void closingReleasesThoseWhoWait() throws Exception {
        mailbox.put(A, "huge", Mailbox.SHARE_BYTES + 1);
        CompletableFuture<Boolean> blocked =
                CompletableFuture.supplyAsync(() -> {
                    try {
                        return mailbox.put(A, "late", 1);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
        mailbox.close();
        assertThat(blocked.get(10, TimeUnit.SECONDS)).isFalse();
    }
}
