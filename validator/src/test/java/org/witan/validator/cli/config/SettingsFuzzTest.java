package org.witan.validator.cli.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.fuzz.Allocation;
import org.witan.genesis.fuzz.FuzzTarget;

/** {@code witan.yaml}: refused in sentences, or every setting of it can be used. */
final class SettingsFuzzTest extends FuzzTarget {
    @Override
    protected void take(byte[] input) throws Exception {
        Path file = Files.createTempFile("witan", ".yaml");
        try {
            Files.write(file, input);
            Allocation.bounded(input, () -> take(file));
        } finally {
            Files.delete(file);
        }
    }

    private static void take(Path file) {
        try {
            Settings settings =
                    new SettingsSources(Map.of(), Map.of(), Optional.empty(), Optional.of(file))
                            .resolve();
            for (Setting setting : Setting.values()) {
                settings.path(setting);
            }
            settings.joins();
            settings.advertise();
            settings.allowedHosts();
            settings.bytes(Setting.STORE_CACHE);
            settings.address(Setting.API_LISTEN);
            settings.address(Setting.LINK_LISTEN).localUrl();
            settings.id();
        } catch (OperatorError refused) {
            if (refused.why().isBlank()) {
                throw new AssertionError("refused without a reason", refused);
            }
        }
    }

    @Override
    protected Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        seeds.put("nested", bytes("id: v1\nlink:\n  listen: 10.0.0.1:7000\nlog.level: warn\n"));
        seeds.put(
                "list", bytes("link.join: [\"v1@ws://a:1\", \"ws://b:2\"]\nstore.cache: 64MiB\n"));
        seeds.put("alias", bytes("a: &a {b: *a}\n"));
        seeds.put("tag", bytes("!!java.lang.Object {x: 1}\n--- 2\n"));
        seeds.put("twice", bytes("id: a\nid: \"\\0\"\nblockMaxBytes: 1\n"));
        seeds.put("odd", bytes("? [a, b]\n: c\nhome: '../\u00e9'\n%YAML 1.1\n"));
        return seeds;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
