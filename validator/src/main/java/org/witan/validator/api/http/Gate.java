package org.witan.validator.api.http;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.witan.validator.api.endpoint.Refused;

/**
 * Keeps web pages of strangers out: a browser on the operator's machine reaches the loopback, and
 * tells by {@code Host}, {@code Origin} and {@code Sec-Fetch-Site} for whom it asks.
 *
 * <p>The name in {@code Host} must be on an exact list, so that a name that its owner points at
 * this address (DNS rebinding) is refused. An {@code Origin} must be the very host that was asked.
 * The API knows no cookies and answers no cross-origin preflight.
 */
final class Gate {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String FIX_HOST =
            "ask by a loopback name, or add the name to api.allowed-hosts of the node";

    private final Set<String> allowed;
    private final boolean any;

    Gate(ApiSettings settings) {
        allowed = new HashSet<>(LOOPBACK);
        allowed.add(settings.host().toLowerCase(Locale.ROOT));
        settings.allowedHosts().forEach(host -> allowed.add(host.toLowerCase(Locale.ROOT)));
        any = allowed.contains("*");
    }

    /**
     * Lets a request pass.
     *
     * @param hosts all values of the header {@code Host}
     * @param origin the header {@code Origin}
     * @param fetchSite the header {@code Sec-Fetch-Site}
     * @throws Refused with 403 if a page of a stranger may be behind it
     */
    void check(List<String> hosts, Optional<String> origin, Optional<String> fetchSite) {
        if (hosts.size() != 1 || !any && !allowed.contains(name(hosts.getFirst()))) {
            throw refused("HOST_REFUSED", "this node does not answer to this host name", FIX_HOST);
        }
        if (origin.isPresent() && !isOwn(origin.get(), hosts.getFirst())) {
            throw refused(
                    "ORIGIN_REFUSED",
                    "a page of another origin asks",
                    "ask from a program, or from a page that this node serves");
        }
        String site = fetchSite.orElse("none");
        if (!site.equals("none") && !site.equals("same-origin")) {
            throw refused(
                    "CROSS_SITE_REFUSED",
                    "a page of another site asks",
                    "open the address directly instead of by a link");
        }
    }

    private static boolean isOwn(String origin, String host) {
        return origin.equalsIgnoreCase("http://" + host)
                || origin.equalsIgnoreCase("https://" + host);
    }

    private static String name(String host) {
        int colon = host.lastIndexOf(':');
        boolean port = colon > 0 && host.indexOf(']') < colon && !host.endsWith("]");
        return (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
    }

    private static Refused refused(String code, String why, String fix) {
        return new Refused(403, code, "the request was refused", why, fix);
    }
}
