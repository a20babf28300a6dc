package org.witan.validator.link.guard;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A process of its own that listens and, told so, uses up its file descriptors: {@code starve},
 * {@code feed}. It says {@code port N}, {@code accepted}, {@code starved}, {@code paused} and
 * {@code fed}.
 */
final class StarvedServer {
    private StarvedServer() {}

    public static void main(String[] none) throws Exception {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        GuardedServer server =
                new GuardedServer(
                        new InetSocketAddress("127.0.0.1", 0),
                        new HalfOpen(HalfOpen.Limits.STANDARD, _ -> true),
                        clock,
                        new Says());
        say("port " + server.listen());
        List<Closeable> taken = new ArrayList<>();
        try (BufferedReader orders =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            String order;
            while ((order = orders.readLine()) != null) {
                if (order.equals("starve")) {
                    starve(taken);
                    say("starved");
                } else {
                    feed(taken);
                    say("fed");
                }
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private static void starve(List<Closeable> taken) {
        try {
            while (true) {
                taken.add(new FileInputStream("/dev/zero"));
            }
        } catch (FileNotFoundException nothingLeft) {
            return;
        }
    }

    private static void feed(List<Closeable> taken) throws IOException {
        for (Closeable file : taken) {
            file.close();
        }
        taken.clear();
    }

    private static void say(String word) {
        System.out.println(word);
    }

    private static final class Says implements GuardedServer.Incoming {
        @Override
        public void accepted(Wire wire) {
            say("accepted");
        }

        @Override
        public void starved(String why) {
            say("paused");
        }
    }
}
