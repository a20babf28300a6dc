package org.witan.validator.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.witan.chain.store.StoreFailed;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.api.NodeAccess;
import org.witan.validator.api.Problem;
import org.witan.validator.api.endpoint.Answer;
import org.witan.validator.api.endpoint.Call;
import org.witan.validator.api.endpoint.Refused;
import org.witan.validator.api.endpoint.Routes;
import org.witan.validator.api.json.Json;

/** Every request passes here: who asks, what for, and the answer with its headers. */
final class Front implements Handler {
    private static final int DRAINED_BYTES = 1 << 20;
    private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final List<Header> SECURITY =
            List.of(
                    HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
                    HeaderValues.createCached("X-Frame-Options", "DENY"),
                    HeaderValues.createCached("Referrer-Policy", "no-referrer"),
                    HeaderValues.createCached("Cross-Origin-Resource-Policy", "same-origin"),
                    HeaderValues.createCached(
                            "Content-Security-Policy",
                            "default-src 'none'; frame-ancestors 'none'"),
                    HeaderValues.createCached("Cache-Control", "no-store"));

    private static final Problem STORAGE_FAILED =
            new Problem(
                    503,
                    "STORAGE_FAILED",
                    "the ledger of this node cannot be read",
                    "its disk fails or holds what was never written, so the node ends",
                    "ask another node; this one's operator finds the reason in its log");

    private final Gate gate;
    private final Routes routes;
    private final NodeAccess node;

    Front(Gate gate, Routes routes, NodeAccess node) {
        this.gate = gate;
        this.routes = routes;
        this.node = node;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Connections.CURRENT.get().routed();
        ServerRequestHeaders headers = request.headers();
        OptionalLong length = length(headers);
        boolean framed = !headers.contains(HeaderNames.TRANSFER_ENCODING) && length.isPresent();
        boolean last = headers.containsToken(HeaderValues.CONNECTION_CLOSE);
        Answer answer;
        try {
            answer = answer(request, framed ? length.getAsLong() : -1);
        } catch (Refused refused) {
            answer = problem(refused, node);
            last |=
                    !framed
                            || length.getAsLong() > DRAINED_BYTES
                            || headers.contains(HeaderNames.EXPECT);
        } catch (OperatorError error) {
            answer = problem(problem(error), node, Map.of());
        } catch (StoreFailed failed) {
            node.broken(failed);
            answer = problem(STORAGE_FAILED, node, Map.of());
        }
        if (last) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        send(request, response, answer);
        if (last) {
            // Helidon sends the header and goes on reading: an unread body would be a new request.
            throw new CloseConnectionException("this was the last answer");
        }
        Connections.CURRENT.get().answered();
    }

    /** The form of RFC 9457. */
    static Answer problem(Problem problem, NodeAccess node, Map<String, String> headers) {
        return problem(problem, Json.problem(problem, node.snapshot()), headers);
    }

    /** What was looked for in the state of one height is not said to be of another one. */
    private static Answer problem(Refused refused, NodeAccess node) {
        ObjectNode body = Json.problem(refused.problem(), node.snapshot());
        refused.height().ifPresent(height -> body.put("height", height));
        return problem(refused.problem(), body, refused.headers());
    }

    private static Answer problem(Problem problem, ObjectNode body, Map<String, String> headers) {
        return new Answer(problem.status(), Problem.MEDIA_TYPE, Json.bytes(body), headers);
    }

    /** What a part of the node refuses, such as the state of a height that is kept no more. */
    private static Problem problem(OperatorError error) {
        return new Problem(
                error.exitCode() == ExitCode.NOT_FOUND ? 404 : 503,
                error.code(),
                error.what(),
                error.why(),
                error.fix());
    }

    /** Headers that every answer carries. */
    static List<Header> securityHeaders() {
        return SECURITY;
    }

    private Answer answer(ServerRequest request, long length) {
        ServerRequestHeaders headers = request.headers();
        gate.check(
                headers.all(HeaderNames.HOST, List::of),
                headers.first(HeaderNames.ORIGIN),
                headers.first(FETCH_SITE));
        String method = request.prologue().method().text();
        Routes.Found found = routes.find(method, request.prologue().uriPath().rawPath());
        Map<String, String> query =
                Call.parseQuery(request.prologue().query().rawValue(), found.route().query());
        if (length < 0) {
            throw new Refused(
                    411,
                    "LENGTH_REQUIRED",
                    "the length of the body is not known",
                    "the request has no readable Content-Length",
                    "send Content-Length and no Transfer-Encoding");
        }
        boolean post = found.route().method().equals("POST");
        if (!post && length > 0) {
            throw new Refused(
                    400, "UNEXPECTED_BODY", "this path takes no body", "", "send it without one");
        }
        InputStream stream =
                length > 0 ? request.content().inputStream() : InputStream.nullInputStream();
        if (!post) {
            Connections.CURRENT.get().answering();
        }
        return found.route()
                .endpoint()
                .answer(
                        new Call(
                                found.values(),
                                query,
                                new Call.Body(
                                        mediaType(headers),
                                        length,
                                        stream,
                                        Connections.CURRENT.get()::answering)));
    }

    private static void send(ServerRequest request, ServerResponse response, Answer answer) {
        response.status(answer.status());
        SECURITY.forEach(response::header);
        response.header(HeaderNames.CONTENT_TYPE, answer.mediaType());
        answer.headers().forEach((name, value) -> response.header(name, value));
        if (request.prologue().method().text().equals("HEAD")) {
            response.contentLength(answer.body().length);
            response.send();
        } else {
            response.send(answer.body());
        }
    }

    private static OptionalLong length(ServerRequestHeaders headers) {
        List<String> values = headers.all(HeaderNames.CONTENT_LENGTH, List::of);
        if (values.isEmpty()) {
            return OptionalLong.of(0);
        }
        return values.size() == 1
                ? Call.parse(values.getFirst().strip(), 0, Long.MAX_VALUE)
                : OptionalLong.empty();
    }

    private static String mediaType(ServerRequestHeaders headers) {
        Optional<String> type = headers.first(HeaderNames.CONTENT_TYPE);
        return type.map(text -> text.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)).orElse("");
    }
}
