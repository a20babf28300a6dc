package org.witan.validator.bad;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.keyfile.KeyFile;
import org.witan.genesis.keyfile.Passphrase;
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.config.Settings;
import org.witan.validator.cli.config.SettingsSources;

/** Files in a node's home: its key and its configuration. */
final class LocalFiles {
    private static final String KEY =
            """
            # A private key of Witan, encrypted. OpenSSL opens it: openssl pkey -in FILE
            # public: ed25519:3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29
            -----BEGIN ENCRYPTED PRIVATE KEY-----
            MIGjMF8GCSqGSIb3DQEFDTBSMDEGCSqGSIb3DQEFDDAkBBAtcGs8HXvQlX3T6Z/v
            lvjIAgID6DAMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQwYx3u7am9wUXPjPx
            NRrjwARAIpAhO4O0t0m9wsr54hXkXD4GCzEhehbdSDPIdI5h+3tniOdTi1PZKI9u
            eJzgFAScXX2WxAZZEft0w9cUV/takw==
            -----END ENCRYPTED PRIVATE KEY-----
            """;
    private static final String CONFIG =
            "id: v1\nlink:\n  listen: 10.0.0.1:7000\n  join: [\"v2@ws://a:1\"]\n"
                    + "store.cache: 64MiB\n";

    private static final String[] SETTINGS = {
        "unknown: lnik.listen: 10.0.0.1:7000",
        "rule-of-the-network: blockMaxBytes: 1",
        "rule-with-dashes: network-delay-millis: 5",
        "port-0: link.listen: 10.0.0.1:0",
        "port-too-large: link.listen: 10.0.0.1:65536",
        "port-of-ten-digits: link.listen: 10.0.0.1:4294967297",
        "port-in-words: link.listen: 10.0.0.1:http",
        "no-port: api.listen: localhost",
        "no-host: api.listen: ':8400'",
        "id-in-capitals: id: V2",
        "id-empty: id: ''",
        "id-with-path: id: ../../etc",
        "id-in-cyrillic: id: \u0430cme",
        "id-of-64-letters: id: " + "a".repeat(64),
        "size-without-unit: store.cache: 64",
        "size-negative: store.cache: -1MiB",
        "size-huge: store.cache: 99999999TiB",
        "size-beyond-a-long: store.cache: 99999999999999999999B",
        "size-fraction: store.cache: 1.5GiB",
        "level-unknown: log.level: loud",
        "format-unknown: log.format: xml",
        "keep-unknown: store.keep: some",
        "keep-nothing: store.keep: 0",
        "keep-too-much: store.keep: 9999999999",
        "endpoint-of-http: link.advertise: http://a:1",
        "endpoint-without-port: link.advertise: ws://a",
        "join-with-bad-id: link.join: ['A@ws://a:1']",
        "join-of-lists: link.join: [[a]]",
        "join-of-maps: link.join: [{a: b}]",
        "genesis-with-zero: genesis: \"a\\0b\"",
        "home-with-zero: home: \"a\\0b\"",
        "store-with-zero: store.path: \"\\0\"",
        "key-with-zero: key.file: \"\\0\"",
        "null-value: id: ~",
        "empty-list: link.listen: []",
    };

    private static final String[][] FORMS = {
        {"twice", "id: a\nid: b\n"},
        {"twice-nested", "link:\n  listen: a:1\nlink.listen: a:2\n"},
        {"list-of-settings", "- id: a\n"},
        {"a-word", "witan\n"},
        {"two-documents", "id: a\n---\nid: b\n"},
        {"alias", "id: &x a\nlink: &y {listen: a:1}\napi: *y\n"},
        {"alias-of-itself", "a: &a {b: *a}\n"},
        {"alias-bomb", "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n"},
        {"merge-key", "a: &a {id: x}\n<<: *a\n"},
        {"java-tag", "!!java.net.URL [x]\n"},
        {"java-tag-as-value", "id: !!javax.script.ScriptEngineManager [a]\n"},
        {"local-tag", "id: !secret x\n"},
        {"binary-tag", "id: !!binary AAAA\n"},
        {"set", "? id\n? link\n"},
        {"list-as-name", "? [a, b]\n: c\n"},
        {"map-as-name", "{a: b}: c\n"},
        {"tab-indent", "link:\n\tlisten: a:1\n"},
        {"bad-indent", "link:\n   listen: a:1\n  join: b\n"},
        {"never-closed-list", "link.join: [a, b\n"},
        {"never-closed-text", "id: \"a\n"},
        {"deep", "{a: ".repeat(40) + "1" + "}".repeat(40) + "\n"},
        {"deep-lists", "[".repeat(3000) + "\n"},
        {"deep-block", deepBlock()},
        {"long", "# " + "x".repeat(70_000) + "\n"},
        {"directive", "%YAML 9.9\n---\nid: a\n"},
        {"control", "id: a\u0007\n"},
        {"json-of-another-program", "{\"listen\":\"a:1\"}\n"},
        {"properties", "id=a\nlink.listen=a:1\n"},
        {"ini", "[link]\nlisten=a:1\n"},
        {"nothing-but-names", "id:\nlink:\n"},
        {"escape-unknown", "id: \"\\q\"\n"},
    };

    private LocalFiles() {}

    static List<Kind> kinds() {
        return List.of(
                new Kind("key-file", "pem", bytes(KEY), LocalFiles::key, keys()),
                new Kind("config", "yaml", bytes(CONFIG), LocalFiles::config, configs()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<Refusal> key(byte[] content) throws Exception {
        return file(
                content,
                file -> {
                    KeyFile.labelOf(file);
                    KeyFile.open(file, Passphrase.owning("horse".toCharArray()));
                });
    }

    private static Optional<Refusal> config(byte[] content) throws Exception {
        return file(
                content,
                file -> {
                    Settings settings =
                            new SettingsSources(
                                            Map.of(), Map.of(), Optional.empty(), Optional.of(file))
                                    .resolve();
                    settings.id();
                    for (Setting setting : Setting.values()) {
                        settings.path(setting);
                    }
                });
    }

    private static Optional<Refusal> file(byte[] content, java.util.function.Consumer<Path> reader)
            throws Exception {
        Path file =
                Files.createTempFile(
                        "bad",
                        ".in",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(file, content);
            reader.accept(file);
            return Optional.empty();
        } catch (OperatorError refused) {
            Refusal said = Refusal.of(refused);
            String path = file.toString();
            return Optional.of(
                    new Refusal(
                            said.what().replace(path, "FILE"),
                            said.why().replace(path, "FILE"),
                            said.fix().replace(path, "FILE")));
        } finally {
            Files.delete(file);
        }
    }

    private static List<BadInput> keys() {
        List<BadInput> cases = new ArrayList<>();
        String[][] texts = {
            {"empty", ""},
            {"words", "a key"},
            {"only-begin", "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"},
            {"no-end", KEY.substring(0, KEY.indexOf("-----END"))},
            {"other-end", KEY.replace("-----END ENCRYPTED", "-----END")},
            {"not-encrypted", KEY.replace("ENCRYPTED ", "")},
            {"public-key", KEY.replace("ENCRYPTED PRIVATE", "PUBLIC")},
            {"certificate", KEY.replace("ENCRYPTED PRIVATE KEY", "CERTIFICATE")},
            {"small-letters", KEY.replace("ENCRYPTED PRIVATE KEY", "encrypted private key")},
            {"nothing-inside", KEY.replaceAll("(?s)Y-----\\nMIG.*==", "Y-----\n")},
            {"no-base64", KEY.replace("MIGj", "M!Gj")},
            {"padding-inside", KEY.replace("MIGj", "MI==")},
            {"one-digit-away", KEY.replace("MIGj", "MIG")},
            {"heading-of-another", KEY.replace("3b6a27bc", "3b6a27bd")},
            {"cyrillic-letter", KEY.replace("MIGj", "\u041cIGj")},
            {"begins-over-and-over", "-----BEGIN A-----\n".repeat(800)},
            {"sixteen-kib-and-more", KEY + "#".repeat(17_000)},
            {
                "utf-16",
                new String(KEY.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1)
            },
            {
                "openssh",
                "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n"
            },
            {"json", "{\"crypto\":{\"kdf\":\"scrypt\"}}"},
        };
        for (String[] text : texts) {
            cases.add(BadInput.of(text[0], text[1]));
        }
        containers(cases);
        return cases;
    }

    /** The container inside, changed where its fields begin. */
    private static void containers(List<BadInput> cases) {
        byte[] good = container();
        for (int length : new int[] {0, 1, 2, 3, 20, 60, 100, 165}) {
            cases.add(wrapped("container-cut-to-" + length, Arrays.copyOf(good, length)));
        }
        cases.add(wrapped("container-and-a-byte", Arrays.copyOf(good, good.length + 1)));
        int[][] changes = {
            {0, 0x31},
            {1, 0x80},
            {1, 0x84},
            {2, 0xff},
            {3, 0x02},
            {7, 0x2b},
            {16, 0x04},
            {22, 0x2b},
            {33, 0x05},
            {35, 0x02},
            {36, 0x00},
            {53, 0x04},
            {54, 0x04},
            {60, 0x2b},
            {75, 0x2b},
            {86, 0x02},
            {87, 0x0f},
            {104, 0x05},
            {105, 0x41},
            {120, 0x00},
            {good.length - 1, 0x00},
        };
        for (int[] change : changes) {
            byte[] bad = good.clone();
            bad[change[0]] = (byte) change[1];
            cases.add(wrapped("container-byte-%d-is-%02x".formatted(change[0], change[1]), bad));
        }
    }

    private static byte[] container() {
        String inside = KEY.replaceAll("(?s).*Y-----\\n(MIG.*==)\\n-.*", "$1");
        return Base64.getMimeDecoder().decode(inside);
    }

    private static BadInput wrapped(String name, byte[] container) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(container);
        return BadInput.of(
                name,
                KEY.substring(0, KEY.indexOf("-----BEGIN"))
                        + "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                        + base64
                        + "\n-----END ENCRYPTED PRIVATE KEY-----\n");
    }

    private static List<BadInput> configs() {
        List<BadInput> cases = new ArrayList<>();
        for (String line : SETTINGS) {
            int colon = line.indexOf(": ");
            String setting = line.substring(colon + 2) + "\n";
            String id = setting.startsWith("id:") ? "" : "id: v1\n";
            cases.add(BadInput.of(line.substring(0, colon), id + setting));
        }
        configForms(cases);
        return cases;
    }

    private static void configForms(List<BadInput> cases) {
        for (String[] text : FORMS) {
            cases.add(BadInput.of(text[0], text[1]));
        }
        cases.add(new BadInput("utf-16", CONFIG.getBytes(StandardCharsets.UTF_16LE)));
        cases.add(new BadInput("latin-1", "id: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1)));
        cases.add(new BadInput("zero-bytes", new byte[64]));
        cases.add(new BadInput("noise", new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2, 3}));
    }

    private static String deepBlock() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            text.append(" ".repeat(i)).append("a:\n");
        }
        return text.append(" ".repeat(30)).append("b\n").toString();
    }
}
