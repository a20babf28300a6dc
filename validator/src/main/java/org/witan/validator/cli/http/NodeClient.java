package org.witan.validator.cli.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;

/**
 * Asks one node over HTTP; every failure is an {@link OperatorError}.
 *
 * <p>The connection stays open between requests and is opened anew if the node closed it. Confined
 * to one thread.
 */
public final class NodeClient implements AutoCloseable {
    private final NodeAddress address;
    private final int timeoutMillis;
    private @Nullable HttpConnection connection;

    /** A client of one node; opens nothing yet. */
    public NodeClient(NodeAddress address, Duration timeout) {
        this.address = address;
        timeoutMillis = Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE);
    }

    /** The node that is asked. */
    public NodeAddress address() {
        return address;
    }

    /**
     * The object at {@code path}.
     *
     * @throws OperatorError if the node cannot be reached or answers with a problem
     */
    public Fields get(String path) {
        return fields(send(Request.get(path)));
    }

    /**
     * The bytes at {@code path}.
     *
     * @throws OperatorError if the node cannot be reached or answers with a problem
     */
    public byte[] getBytes(String path) {
        return checked(send(Request.get(path))).body();
    }

    /**
     * Whatever the node answers, problems too.
     *
     * @throws OperatorError if the node cannot be reached
     */
    public Answer send(Request request) {
        try {
            return exchange(request);
        } catch (IOException failed) {
            close();
            throw unreachable(failed);
        }
    }

    /**
     * The object that an answer holds.
     *
     * @throws OperatorError if the answer is a problem or no object
     */
    public Fields fields(Answer answer) {
        try {
            return Fields.parse(checked(answer).body());
        } catch (IOException bad) {
            throw unreachable(bad);
        }
    }

    @Override
    public void close() {
        HttpConnection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException ignored) {
                // Closing a socket that failed: there is nothing left to lose.
            }
        }
    }

    private Answer exchange(Request request) throws IOException {
        HttpConnection known = connection;
        if (known != null && request.method().equals("GET")) {
            try {
                return known.exchange(request);
            } catch (SocketTimeoutException late) {
                throw late;
            } catch (IOException closedMeanwhile) {
                close();
                known = null;
            }
        }
        if (known == null) {
            known = HttpConnection.open(address, timeoutMillis);
            connection = known;
        }
        return known.exchange(request);
    }

    private Answer checked(Answer answer) {
        if (answer.status() >= 200 && answer.status() < 300) {
            return answer;
        }
        throw Problems.of(address, answer);
    }

    private OperatorError unreachable(IOException failed) {
        String why =
                switch (failed) {
                    case SocketTimeoutException _ -> "no answer within " + timeoutMillis + " ms";
                    case UnknownHostException _ -> "the name " + address.host() + " is not known";
                    case ConnectException _ -> "nobody listens there: " + failed.getMessage();
                    default -> String.valueOf(failed.getMessage());
                };
        return new OperatorError(
                ExitCode.UNREACHABLE,
                "NODE_UNREACHABLE",
                "the node at " + address + " does not answer",
                why,
                "is it running? witan start --home DIR, or name another with --node URL");
    }
}
