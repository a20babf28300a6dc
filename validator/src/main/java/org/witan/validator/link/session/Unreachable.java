package org.witan.validator.link.session;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;

/** Says in words why nobody was reached. */
public final class Unreachable {
    private Unreachable() {}

    /** A sentence for an operator, without names of classes. */
    public static String sentence(IOException problem) {
        Throwable cause = problem.getCause() == null ? problem : problem.getCause();
        return switch (cause) {
            case UnknownHostException _ -> "its name has no address";
            case NoRouteToHostException _ -> "there is no route to it";
            case SocketTimeoutException _ -> "it did not answer in time";
            case ConnectException refused when says(refused, "refused") -> "nobody listens there";
            case ConnectException late when says(late, "timed out") -> "it did not answer in time";
            case SocketException failed ->
                    "the connection failed: " + said(failed).toLowerCase(Locale.ROOT);
            case IOException other when other.getMessage() != null -> said(other);
            default -> "what answers there is not a link port";
        };
    }

    private static boolean says(Exception problem, String words) {
        return said(problem).toLowerCase(Locale.ROOT).contains(words);
    }

    private static String said(Exception problem) {
        return problem.getMessage() == null ? "no reason was given" : problem.getMessage();
    }
}
