package org.witan.validator.api.endpoint;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.witan.chain.block.Transaction;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.fuzz.Allocation;
import org.witan.genesis.fuzz.FuzzTarget;
import org.witan.validator.api.FakeNode;
import org.witan.validator.api.Snapshots;
import org.witan.validator.api.Submission;
import org.witan.validator.api.TestLedger;

/**
 * Requests behind HTTP: {@code METHOD path?query type}, a line feed, and the body. Each is answered
 * or refused with a code, and costs little.
 */
final class ApiFuzzTest extends FuzzTarget {
    private final TestLedger ledger = new TestLedger();
    private final Routes routes;
    private final byte[] transaction;

    ApiFuzzTest() {
        transaction = Transaction.CODEC.encode(ledger.put("colour", "green"));
        ledger.commit(ledger.put("dir/a b/ü", "x"));
        FakeNode node = new FakeNode(ledger);
        node.decide(asked -> new Submission.Refused("NONCE_USED", asked.id().hex(), "try"));
        routes =
                Routes.of(
                        node,
                        InstantSource.fixed(Instant.ofEpochMilli(Snapshots.NOW)),
                        Duration.ofSeconds(1));
    }

    @Override
    protected void take(byte[] input) throws Exception {
        int end = 0;
        while (end < input.length && input[end] != '\n') {
            end++;
        }
        String[] line = new String(input, 0, end, StandardCharsets.ISO_8859_1).split(" ", 3);
        byte[] body = Arrays.copyOfRange(input, Math.min(input.length, end + 1), input.length);
        if (line.length == 3 && !line[1].isEmpty()) {
            Allocation.bounded(input, () -> request(line, body));
        }
    }

    private void request(String[] line, byte[] body) {
        int mark = line[1].indexOf('?');
        String path = mark < 0 ? line[1] : line[1].substring(0, mark);
        String query = mark < 0 ? "" : line[1].substring(mark + 1);
        try {
            Routes.Found found = routes.find(line[0], path);
            Call.Body sent =
                    new Call.Body(line[2], body.length, new ByteArrayInputStream(body), () -> {});
            Map<String, String> values = Call.parseQuery(query, found.route().query());
            Answer answer = found.route().endpoint().answer(new Call(found.values(), values, sent));
            sound(answer.status(), new String(answer.body(), StandardCharsets.UTF_8));
        } catch (Refused refused) {
            sound(refused.problem().status(), refused.problem().toString());
        } catch (OperatorError error) {
            sound(500, error.what() + error.why() + error.fix());
        }
    }

    private static void sound(int status, String said) {
        if (status < 200 || status > 599 || said.isEmpty()) {
            throw new AssertionError(status + ": " + said);
        }
    }

    @Override
    protected Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        for (String path :
                new String[] {
                    "/v1/status",
                    "/v1/blocks/1?limit=2&format=json",
                    "/v1/blocks/1?format=binary",
                    "/v1/entries/v1/dir/a%20b/%c3%bc?proof=true&at=1",
                    "/v1/entries?prefix=v1/&cursor=ZW50cnkvdjIvYQ&limit=3",
                    "/v1/senders/org:acme",
                    "/v1/transactions/" + "0a".repeat(32),
                    "/openapi.json"
                }) {
            String name = path.replaceAll("[^a-z0-9]+", "-");
            seeds.put("get" + name, ("GET " + path + " x\n").getBytes(StandardCharsets.US_ASCII));
        }
        String post = "POST /v1/transactions?wait=commit&timeout=5ms ";
        seeds.put("post-bytes", join(post + "application/octet-stream\n", transaction));
        seeds.put(
                "post-json",
                join(post + "application/json\n{\"transaction\":\"00\"}", new byte[0]));
        return seeds;
    }

    private static byte[] join(String head, byte[] body) {
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }
}
