package org.witan.validator.cli.govern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.chain.change.Change;
import org.witan.chain.change.KeyProofs;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.cli.http.Fields;

/** What people send each other, and what a node answers, is taken only if it says what it shows. */
class RequestTextTest {
    @TempDir private Path folder;

    private static Change.AddMember adding() {
        var joining = new KeyProofs.Joining(new NodeId("v5"), new NodeId("org5"), Role.VALIDATOR);
        SigningKey key = SigningKey.ofSeed(new byte[SigningKey.SEED_BYTES]);
        List<Endpoint> endpoints = List.of(new Endpoint("v5.example", 7400));
        return Change.AddMember.proving(new NetworkId(Hash.NONE), joining, false, endpoints, key);
    }

    @Test
    void aRequestIsReadFromItsFileAndFromItsLine() throws IOException {
        String text = RequestText.of(adding());
        Path file = Files.writeString(folder.resolve("v5.request"), text);

        assertThat(text).startsWith("# add v5 of org5 as validator, key ed25519:");
        assertThat(RequestText.read(file.toString(), Change.AddMember.class)).isEqualTo(adding());
        String line = text.lines().skip(1).findFirst().orElseThrow();
        assertThat(RequestText.read(line, Change.AddMember.class)).isEqualTo(adding());
        assertThatThrownBy(() -> RequestText.read(line, Change.ReplaceKey.class))
                .isInstanceOf(OperatorError.class)
                .extracting("why")
                .asString()
                .startsWith("it asks for something else: add v5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "witan-request-1:",
                "witan-request-1:zz",
                "witan-request-1:02",
                "witan-request-1:0202763500",
                "witan-request-1:63"
            })
    void aLineThatIsNoneIsRefused(String line) {
        assertThatThrownBy(() -> RequestText.read(line, Change.RemoveMember.class))
                .isInstanceOf(OperatorError.class)
                .extracting("code")
                .isEqualTo("REQUEST_INVALID");
    }

    @Test
    void aFileThatIsNoneIsRefused() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        assertThatThrownBy(() -> RequestText.read(empty.toString(), Change.AddMember.class))
                .extracting("code")
                .isEqualTo("REQUEST_INVALID");
        Path large = Files.write(folder.resolve("large"), new byte[1 << 20]);
        assertThatThrownBy(() -> RequestText.read(large.toString(), Change.AddMember.class))
                .isInstanceOf(OperatorError.class);
        assertThatThrownBy(() -> RequestText.read(folder + "/none", Change.AddMember.class))
                .extracting("code")
                .isEqualTo("FILE_NOT_FOUND");
    }

    @Test
    void aNodeCannotShowAnotherChangeThanTheOneThatIsApproved() {
        Change shown = new Change.Suspend(new NodeId("v1"));
        Change meant = new Change.RemoveMember(new NodeId("v2"));
        String bytes = java.util.Base64.getEncoder().encodeToString(Change.CODEC.encode(shown));

        Fields honest = new Fields(Map.of("changeBytes", bytes, "changeHash", shown.hash().hex()));
        assertThat(Listed.of(honest).change()).isEqualTo(shown);
        for (Map<String, Object> lie :
                List.<Map<String, Object>>of(
                        Map.of("changeBytes", bytes, "changeHash", meant.hash().hex()),
                        Map.of("changeBytes", "*", "changeHash", meant.hash().hex()),
                        Map.of("changeBytes", "Yw==", "changeHash", meant.hash().hex()),
                        Map.of("changeHash", meant.hash().hex()))) {
            assertThatThrownBy(() -> Listed.of(new Fields(Map.copyOf(lie))))
                    .extracting("code")
                    .isEqualTo("CHANGE_UNREADABLE");
        }
    }
}
