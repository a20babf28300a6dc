package org.witan.validator.cli.govern;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.witan.chain.change.Change;
import org.witan.chain.shown.InWords;
import org.witan.genesis.cli.Json;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.fuzz.Allocation;
import org.witan.genesis.fuzz.FuzzTarget;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.cli.http.Answer;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.NodeAddress;
import org.witan.validator.cli.http.Problems;

/**
 * What others hand the command line: answers of a node, requests in a file, and the bytes of a
 * change, which the first byte of an input tells apart. A change is shown in words that a terminal
 * does not obey.
 */
final class AnswerFuzzTest extends FuzzTarget {
    private static final NodeAddress NODE = new NodeAddress("127.0.0.1", 8400);

    @Override
    protected void take(byte[] input) throws Exception {
        if (input.length > 0) {
            byte[] rest = Arrays.copyOfRange(input, 1, input.length);
            switch (input[0] & 3) {
                case 0 -> Allocation.bounded(rest, () -> answer(rest));
                case 1 -> file(rest);
                case 2 -> Allocation.bounded(rest, () -> listed(rest));
                default -> Allocation.bounded(rest, () -> request(lineOf(rest)));
            }
        }
    }

    /** An answer, as fields and as a problem; what is printed of it for scripts can be read. */
    private static void answer(byte[] json) throws IOException {
        OperatorError problem = Problems.of(NODE, new Answer(409, json));
        if (problem.code() == null || problem.what() == null || problem.fix() == null) {
            throw new AssertionError("half a problem");
        }
        Fields fields;
        try {
            fields = Fields.parse(json);
        } catch (IOException refused) {
            if (refused.getMessage() == null || refused.getMessage().isBlank()) {
                throw new AssertionError("refused without a reason", refused);
            }
            return;
        }
        byte[] printed = Json.text(fields.values()).getBytes(StandardCharsets.UTF_8);
        Fields again = Fields.parse(printed);
        if (!Json.text(again.values()).equals(Json.text(fields.values()))) {
            throw new AssertionError("another answer is printed");
        }
        fields.values().keySet().forEach(name -> ask(fields, name));
        listed(fields);
    }

    private static void ask(Fields fields, String name) {
        fields.shown(name);
        fields.number(name);
        fields.fraction(name);
        fields.flag(name);
        fields.inner(name).values();
        fields.list(name).forEach(Fields::values);
        fields.texts(name);
    }

    /** A change as a node lists it, for some bytes that may be one. */
    private static void listed(byte[] bytes) {
        String hash =
                Change.CODEC.decode(bytes) instanceof Decoded.Ok<Change>(var change)
                        ? same(Change.CODEC, change, bytes).hash().hex()
                        : "";
        String encoded = Base64.getEncoder().encodeToString(bytes);
        listed(new Fields(Map.of("changeBytes", encoded, "changeHash", hash, "number", 5L)));
    }

    private static void listed(Fields row) {
        try {
            Listed listed = Listed.of(row);
            printable(InWords.of(listed.change()));
            listed.cells();
            Json.text(listed.json());
        } catch (OperatorError refused) {
            reason(refused);
        }
    }

    private static void file(byte[] text) throws Exception {
        Path file = Files.createTempFile("witan", ".request");
        try {
            Files.write(file, text);
            Allocation.bounded(text, () -> request(file.toString()));
        } finally {
            Files.delete(file);
        }
    }

    private static String lineOf(byte[] change) {
        return "witan-request-1:" + HexFormat.of().formatHex(change);
    }

    private static void request(String fileOrLine) {
        try {
            Change change = RequestText.read(fileOrLine, Change.class);
            String text = RequestText.of(change);
            printable(text.replace("\n", ""));
            String line = text.substring(text.indexOf('\n') + 1);
            if (!RequestText.of(RequestText.read(line, Change.class)).equals(text)) {
                throw new AssertionError("another request is made of " + text);
            }
        } catch (OperatorError refused) {
            reason(refused);
        }
    }

    private static <T> T same(Codec<T> codec, T value, byte[] bytes) {
        if (!Arrays.equals(codec.encode(value), bytes)) {
            throw new AssertionError("another encoding of " + value);
        }
        return value;
    }

    private static void reason(OperatorError refused) {
        if (refused.why().isBlank()) {
            throw new AssertionError("refused without a reason", refused);
        }
    }

    private static void printable(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new AssertionError("what a terminal would obey: " + text);
        }
    }

    @Override
    protected Map<String, byte[]> seeds() {
        Change remove = new Change.RemoveMember(new NodeId("v1"));
        byte[] bytes = Change.CODEC.encode(remove);
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        seeds.put(
                "status",
                seed(
                        0,
                        "{\"height\":17,\"lag\":0.5,\"ok\":true,\"members\":[{\"id\":\"v1\"},2],"
                                + "\"tip\":{\"hash\":null,\"far\":1e400}}"));
        seeds.put("problem", seed(0, "{\"code\":\"NO_QUORUM\",\"title\":\"t\",\"detail\":\"\"}"));
        seeds.put("deep", seed(0, "{\"a\":".repeat(40)));
        seeds.put("no-object", seed(0, "[]"));
        seeds.put("too-large", seed(0, "{\"n\":9223372036854775808,\"t\":\"\\ud800\"}"));
        seeds.put("request", seed(1, RequestText.of(remove)));
        seeds.put("request-of-nothing", seed(1, "# witan-request-1:\n"));
        seeds.put("change", seed(2, bytes));
        Change rules = new Change.SetRules(List.of(new Change.Rule("a\u001b[2J", 5)));
        seeds.put("rule-that-clears-the-screen", seed(2, Change.CODEC.encode(rules)));
        seeds.put("line", seed(3, bytes));
        return seeds;
    }

    private static byte[] seed(int kind, String text) {
        return seed(kind, text.getBytes(StandardCharsets.UTF_8));
    }
}
