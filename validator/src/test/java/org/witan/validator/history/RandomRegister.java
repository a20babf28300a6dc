package org.witan.validator.history;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Clients of a register that works: each operation happens at one moment between its ends. */
final class RandomRegister {
    private final SplittableRandom random;
    private final List<Event> events = new ArrayList<>();
    private final Client[] clients;
    private long version;

    /** What a client is about; {@code end} is empty until the operation has happened. */
    private static final class Client {
        private String f = "";
        private Said said = Said.of(Story.KEY, "v1");
        private Event.Type end = Event.Type.INVOKE;
        private boolean busy;
    }

    private RandomRegister(SplittableRandom random, int clients) {
        this.random = random;
        this.clients = new Client[clients];
        java.util.Arrays.setAll(this.clients, i -> new Client());
    }

    /** A history of so many operations. */
    static List<Event> events(SplittableRandom random, int clients, int operations) {
        RandomRegister register = new RandomRegister(random, clients);
        int begun = 0;
        while (begun < operations) {
            begun += register.step() ? 1 : 0;
        }
        return register.events;
    }

    /** One client goes one step on; answers whether it began something. */
    private boolean step() {
        int number = random.nextInt(clients.length);
        Client client = clients[number];
        if (!client.busy) {
            begin(client);
            add(number, Event.Type.INVOKE);
            return true;
        }
        if (client.end == Event.Type.INVOKE) {
            happen(client);
        } else {
            client.busy = false;
            add(number, client.end);
        }
        return false;
    }

    private void begin(Client client) {
        client.f = random.nextInt(3) == 0 ? "read" : random.nextBoolean() ? "write" : "cas";
        client.said = Said.of(Story.KEY, "v1");
        client.end = Event.Type.INVOKE;
        client.busy = true;
        if (client.f.equals("cas")) {
            client.said = client.said.expected(version);
        }
    }

    private void happen(Client client) {
        boolean conflict =
                client.f.equals("cas") && client.said.expected().orElseThrow() != version;
        version += client.f.equals("read") || conflict ? 0 : 1;
        client.end = conflict ? Event.Type.FAIL : Event.Type.OK;
        client.said = client.said.version(version);
    }

    private void add(int number, Event.Type type) {
        Client client = clients[number];
        long index = events.size();
        String process = Integer.toString(number);
        events.add(new Event(index, index, process, type, client.f, client.said));
    }
}
