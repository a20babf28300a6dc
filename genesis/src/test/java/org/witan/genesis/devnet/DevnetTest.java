package org.witan.genesis.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.genesis.document.GenesisFile;
import org.witan.genesis.json.Reading;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.NodeId;

/** A devnet's genesis is one that a node accepts. */
class DevnetTest {
    private static final Instant CREATED = Instant.parse("2026-01-12T09:00:00.5Z");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 20})
    void isFoundedWithoutEndorsements(int size) {
        List<Endpoint> endpoints =
                IntStream.rangeClosed(1, size)
                        .mapToObj(i -> new Endpoint("127.0.0.1", 7400 + i))
                        .toList();
        Devnet devnet = Devnet.found("devnet", CREATED, endpoints, new SecureRandom());

        Reading<GenesisFile> read = GenesisFile.read(devnet.genesis().toBytes());
        assertThat(read).isEqualTo(new Reading.Ok<>(devnet.genesis()));
        assertThat(devnet.genesis().isFounded()).isTrue();

        Founding founding = devnet.genesis().founding();
        assertThat(founding.members()).hasSize(size);
        assertThat(founding.createdMillis()).isEqualTo(1_768_208_400_000L);
        assertThat(founding.firstEpoch().configuration().indexOf(new NodeId("v1"))).hasValue(0);
        assertThat(devnet.founders().getFirst().nodeKey().publicKey())
                .isEqualTo(founding.members().getFirst().key());
    }
}
