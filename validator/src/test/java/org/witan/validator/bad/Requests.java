package org.witan.validator.bad;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.witan.chain.block.Transaction;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.api.FakeNode;
import org.witan.validator.api.Problem;
import org.witan.validator.api.Snapshots;
import org.witan.validator.api.TestLedger;
import org.witan.validator.api.endpoint.Call;
import org.witan.validator.api.endpoint.Refused;
import org.witan.validator.api.endpoint.Routes;

/** What is asked of the API: request lines, and bodies that should be transactions. */
final class Requests {
    private static final String[] TARGETS = {
        "root: GET /",
        "no-version: GET /v1",
        "slash-behind: GET /v1/status/",
        "double-slash: GET /v1//status",
        "dots: GET /v1/../v1/status",
        "encoded-dots: GET /v1/%2e%2e/status",
        "encoded-dots-in-key-folder: GET /v1/blocks/%2e%2e%2f1",
        "encoded-slash: GET /v1%2fstatus",
        "twice-encoded: GET /v1/%252e%252e/status",
        "back-slash: GET /v1\\status",
        "zero: GET /v1/status%00",
        "semicolon: GET /v1/status;a=b",
        "capital: GET /V1/status",
        "file: GET /etc/passwd",
        "page: GET /index.html",
        "write-to-read: POST /v1/status",
        "read-of-write: GET /v1/transactions",
        "delete: DELETE /v1/blocks/1",
        "put: PUT /v1/transactions",
        "trace: TRACE /v1/status",
        "connect: CONNECT /v1/status",
        "small-method: get /v1/status",
        "unknown-query: GET /v1/status?x=1",
        "height-negative: GET /v1/blocks/-1",
        "height-signed: GET /v1/blocks/+1",
        "height-hex: GET /v1/blocks/0x1",
        "height-20-digits: GET /v1/blocks/99999999999999999999",
        "height-2-to-63: GET /v1/blocks/9223372036854775808",
        "height-arabic-digits: GET /v1/blocks/\u0661",
        "height-fraction: GET /v1/blocks/1.0",
        "height-above: GET /v1/blocks/9",
        "limit-0: GET /v1/blocks/1?limit=0",
        "limit-over: GET /v1/blocks/1?limit=101",
        "limit-huge: GET /v1/entries?limit=2147483648",
        "limit-twice: GET /v1/blocks/1?limit=1&limit=1",
        "limit-empty: GET /v1/blocks/1?limit=",
        "format-unknown: GET /v1/blocks/1?format=xml",
        "block-cursor: GET /v1/blocks/1?cursor=3",
        "id-short: GET /v1/transactions/abc",
        "id-long: GET /v1/transactions/" + "0".repeat(66),
        "id-no-hex: GET /v1/transactions/" + "g".repeat(64),
        "id-unknown: GET /v1/transactions/" + "0".repeat(64),
        "entry-unknown: GET /v1/entries/v1/none",
        "owner-capital: GET /v1/entries/V1/a",
        "owner-empty: GET /v1/entries//a",
        "owner-with-dots: GET /v1/entries/%2e%2e/a",
        "key-empty: GET /v1/entries/v1/",
        "key-half-escape: GET /v1/entries/v1/%4",
        "key-no-escape: GET /v1/entries/v1/%zz",
        "key-no-utf8: GET /v1/entries/v1/%c3",
        "key-overlong: GET /v1/entries/v1/%c0%af",
        "key-surrogate: GET /v1/entries/v1/%ed%a0%80",
        "key-too-long: GET /v1/entries/v1/" + "k".repeat(129),
        "key-wide-digits: GET /v1/entries/v1/%\uff14\uff11",
        "at-future: GET /v1/entries/v1/colour?at=77",
        "at-negative: GET /v1/entries/v1/colour?at=-1",
        "proof-maybe: GET /v1/entries/v1/colour?proof=maybe",
        "cursor-no-base64: GET /v1/entries?cursor=!!",
        "cursor-of-another-prefix: GET /v1/entries?prefix=v1/&cursor=ZW50cnkvdjIvYQ",
        "cursor-long: GET /v1/entries?cursor=" + "A".repeat(3000),
        "cursor-no-utf8: GET /v1/entries?cursor=_w",
        "prefix-long: GET /v1/entries?prefix=" + "p".repeat(300),
        "prefix-no-utf8: GET /v1/entries?prefix=%ff",
        "sender-unknown: GET /v1/senders/nobody",
        "sender-capital: GET /v1/senders/V1",
        "sender-two-colons: GET /v1/senders/org:org:acme",
        "query-of-ampersands: GET /v1/status?&&",
        "query-name-escaped: GET /v1/blocks/1?%6cimit=1",
        "wait-unknown: POST /v1/transactions?wait=finality",
        "timeout-no-unit: POST /v1/transactions?timeout=5",
        "timeout-0: POST /v1/transactions?timeout=0s",
        "timeout-over: POST /v1/transactions?timeout=61s",
        "timeout-hours: POST /v1/transactions?timeout=1h",
        "timeout-negative: POST /v1/transactions?timeout=-1s",
        "no-type: POST /v1/transactions",
    };

    private final TestLedger ledger = new TestLedger();
    private final byte[] transaction = Transaction.CODEC.encode(ledger.put("colour", "green"));
    private final Routes routes;

    private Requests() {
        ledger.commit(ledger.put("dir/a b/ü", "x"));
        routes =
                Routes.of(
                        new FakeNode(ledger),
                        InstantSource.fixed(Instant.ofEpochMilli(Snapshots.NOW)),
                        Duration.ofSeconds(60));
    }

    static List<Kind> kinds() {
        Requests requests = new Requests();
        String json = "{\"transaction\":\"" + hex(requests.transaction) + "\"}";
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        byte[] line = "GET /v1/blocks/1?limit=1".getBytes(StandardCharsets.UTF_8);
        return List.of(
                new Kind("api-request", "txt", line, requests::line, lines()),
                new Kind("api-body", "json", body, requests::json, bodies(json)),
                new Kind(
                        "transaction",
                        "bin",
                        requests.transaction,
                        requests::binary,
                        transactions(requests.transaction)));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private Optional<Refusal> line(byte[] input) {
        String[] parts = new String(input, StandardCharsets.UTF_8).split(" ", 2);
        return ask(parts[0], parts[1], "", new byte[0]);
    }

    private Optional<Refusal> json(byte[] body) {
        return ask("POST", "/v1/transactions", "application/json", body);
    }

    private Optional<Refusal> binary(byte[] body) {
        return ask("POST", "/v1/transactions", "application/octet-stream", body);
    }

    private Optional<Refusal> ask(String method, String target, String type, byte[] body) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        try {
            Routes.Found found = routes.find(method, path);
            Map<String, String> values = Call.parseQuery(query, found.route().query());
            Call.Body sent =
                    new Call.Body(type, body.length, new ByteArrayInputStream(body), () -> {});
            int status =
                    found.route()
                            .endpoint()
                            .answer(new Call(found.values(), values, sent))
                            .status();
            return status < 400 ? Optional.empty() : Optional.of(new Refusal("" + status, "", ""));
        } catch (Refused refused) {
            Problem problem = refused.problem();
            return Optional.of(new Refusal(problem.what(), problem.why(), problem.fix()));
        } catch (OperatorError error) {
            return Optional.of(Refusal.of(error));
        }
    }

    private static List<BadInput> lines() {
        List<BadInput> cases = new ArrayList<>();
        for (String target : TARGETS) {
            int colon = target.indexOf(": ");
            cases.add(BadInput.of(target.substring(0, colon), target.substring(colon + 2)));
        }
        return cases;
    }

    private static List<BadInput> bodies(String good) {
        List<BadInput> cases = new ArrayList<>(shapes(good));
        String[][] texts = {
            {"twice", good.replace("}", ",\"transaction\":\"00\"}")},
            {"escaped-name-twice", good.replace("}", ",\"\\u0074ransaction\":\"00\"}")},
            {"one-more-field", good.replace("}", ",\"more\":1}")},
            {"behind", good + " {}"},
            {"comma-at-end", good.replace("}", ",}")},
            {"not-a-number", "{\"transaction\":NaN}"},
            {"comment", "/* */" + good},
            {"single-quotes", good.replace('"', '\'')},
            {"cut", good.substring(0, good.length() / 2)},
            {"deep-lists", "[".repeat(50_000)},
            {"deep-objects", "{\"a\":".repeat(40) + "1" + "}".repeat(40)},
            {"long-text", "{\"transaction\":\"" + "0".repeat(66_000) + "\"}"},
            {"long-name", "{\"" + "n".repeat(200) + "\":1}"},
            {"long-number", "{\"transaction\":" + "9".repeat(1000) + "}"},
            {"huge-exponent", "{\"transaction\":1e999999999}"},
            {"half-surrogate", "{\"transaction\":\"\\ud800\"}"},
            {"zero", "{\"transaction\":\"\\u0000\"}"},
            {"last-byte-away", good.replace("\"}", "").replaceFirst("..$", "") + "\"}"},
            {"a-byte-more", good.replace("\"}", "00\"}")},
        };
        for (String[] text : texts) {
            cases.add(BadInput.of(text[0], text[1]));
        }
        cases.add(new BadInput("utf-16", good.getBytes(StandardCharsets.UTF_16LE)));
        cases.add(new BadInput("latin-1", new byte[] {'{', '"', (byte) 0xe9, '"', ':', '1', '}'}));
        return cases;
    }

    /** Documents of another shape than one field with a text of hex digits. */
    private static List<BadInput> shapes(String good) {
        List<BadInput> cases = new ArrayList<>();
        String[][] texts = {
            {"empty", ""},
            {"brace", "{"},
            {"list", "[" + good + "]"},
            {"text", "\"00\""},
            {"null", "null"},
            {"no-fields", "{}"},
            {"number", "{\"transaction\":1}"},
            {"null-field", "{\"transaction\":null}"},
            {"list-field", "{\"transaction\":[\"00\"]}"},
            {"object-field", "{\"transaction\":{\"hex\":\"00\"}}"},
            {"no-hex", "{\"transaction\":\"zz\"}"},
            {"odd-digits", "{\"transaction\":\"000\"}"},
            {"wide-digits", "{\"transaction\":\"\uff10\uff10\"}"},
            {"prefix-0x", good.replace(":\"", ":\"0x")},
            {"spaces-inside", good.replace(":\"", ":\" ")},
            {"one-byte", "{\"transaction\":\"00\"}"},
        };
        for (String[] text : texts) {
            cases.add(BadInput.of(text[0], text[1]));
        }
        return cases;
    }

    private static List<BadInput> transactions(byte[] good) {
        List<BadInput> cases = new ArrayList<>(ByteCases.of(good));
        cases.add(BadInput.of("json-as-bytes", "{\"transaction\":\"00\"}"));
        cases.add(BadInput.of("hex-as-bytes", hex(good)));
        cases.add(BadInput.of("form", "transaction=00&wait=commit"));
        cases.add(
                BadInput.of("xml", "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><a/>"));
        return cases;
    }
}
