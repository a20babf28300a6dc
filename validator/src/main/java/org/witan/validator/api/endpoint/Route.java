package org.witan.validator.api.endpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One path of the API.
 *
 * @param method {@code GET} or {@code POST}
 * @param template the path, where {@code {name}} stands for one segment and {@code {name+}}, only
 *     at the end, for one or more
 * @param query names that the query may hold
 * @param endpoint who answers
 */
public record Route(String method, String template, Set<String> query, Endpoint endpoint) {
    static Route get(String template, Set<String> query, Endpoint endpoint) {
        return new Route("GET", template, query, endpoint);
    }

    static Route get(String template, Endpoint endpoint) {
        return new Route("GET", template, Set.of(), endpoint);
    }

    /** The values of the template's names in a path, empty if the path does not fit. */
    Optional<Map<String, String>> values(String rawPath) {
        List<String> wanted = segments(template);
        List<String> given = segments(rawPath);
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            String name = wanted.get(i);
            boolean rest = name.endsWith("+}") && given.size() > i;
            Optional<String> value = at(given, i, rest);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            if (name.startsWith("{")) {
                values.put(name.replaceAll("[{}+]", ""), value.get());
            } else if (!name.equals(value.get())) {
                return Optional.empty();
            }
            if (rest) {
                return Optional.of(values);
            }
        }
        return given.size() == wanted.size() ? Optional.of(values) : Optional.empty();
    }

    private static Optional<String> at(List<String> given, int index, boolean rest) {
        if (index >= given.size()) {
            return Optional.empty();
        }
        return Percent.decode(
                rest ? String.join("/", given.subList(index, given.size())) : given.get(index));
    }

    private static List<String> segments(String path) {
        List<String> found = new ArrayList<>();
        int start = 1;
        for (int i = 1; i <= path.length(); i++) {
            if (i == path.length() || path.charAt(i) == '/') {
                found.add(path.substring(start, i));
                start = i + 1;
            }
        }
        return found;
    }
}
