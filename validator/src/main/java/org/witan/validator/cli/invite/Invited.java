package org.witan.validator.cli.invite;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.witan.chain.block.Transaction;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.file.SafeFiles;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;

/** The invitation that a home was made with: the file {@code invitation}, its owner's only. */
public final class Invited {
    private static final String FILE = "invitation";
    private static final int MOST_BYTES = 8192;

    private Invited() {}

    /**
     * The redemption that the home's node shows until the ledger lists it.
     *
     * @throws org.witan.genesis.failure.OperatorError if the file is no invitation to this network
     */
    public static Optional<Transaction> redemption(
            Path home, NetworkId network, NodeId id, Signer key) {
        Path file = home.resolve(FILE);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        SafeFiles.checkPrivate(file);
        byte[] bytes = SafeFiles.read(file, MOST_BYTES);
        Token token = Token.parse(new String(bytes, StandardCharsets.US_ASCII));
        token.require(network);
        return Optional.of(token.redemption(id, key, Long.MAX_VALUE));
    }

    static void keep(Path home, Token token) {
        byte[] line = (token.text() + "\n").getBytes(StandardCharsets.US_ASCII);
        SafeFiles.createPrivate(home.resolve(FILE), line);
    }
}
