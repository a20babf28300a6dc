package org.witan.validator.cli.http;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;

/** Asks the node of a home over its Unix socket, as its operator. */
public final class AdminClient {
    private final Path socket;
    private final Duration timeout;

    /** A client of the node that listens on {@code socket}. */
    public AdminClient(Path socket, Duration timeout) {
        this.socket = socket;
        this.timeout = timeout;
    }

    /**
     * Asks for {@code /admin/v1/VERB}.
     *
     * @throws OperatorError if the node does not listen, or refuses
     */
    public Fields post(String verb) {
        Request request = new Request("POST", "/admin/v1/" + verb, "application/json", new byte[0]);
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            Thread late = closing(channel);
            try {
                HttpConnection connection =
                        new HttpConnection(
                                Channels.newInputStream(channel),
                                Channels.newOutputStream(channel),
                                "localhost");
                return Fields.parse(accepted(connection.exchange(request)).body());
            } finally {
                late.interrupt();
            }
        } catch (IOException failed) {
            throw new OperatorError(
                    ExitCode.UNREACHABLE,
                    "NODE_UNREACHABLE",
                    "the node does not listen to its operator on " + socket,
                    String.valueOf(failed.getMessage()),
                    "is it running? witan start --home DIR; admin.listen must not be off");
        }
    }

    /** A channel has no time-out of its own; closing it ends the wait. */
    private Thread closing(SocketChannel channel) {
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        Thread.sleep(timeout);
                        channel.close();
                    } catch (InterruptedException answered) {
                        Thread.currentThread().interrupt();
                    } catch (IOException closed) {
                        // It ended by itself.
                    }
                });
    }

    private Answer accepted(Answer answer) {
        if (answer.status() >= 200 && answer.status() < 300) {
            return answer;
        }
        throw Problems.of(socket.toString(), answer);
    }
}
