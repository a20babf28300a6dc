package org.witan.validator.link.handshake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One handshake with somebody in the middle, played from bytes. */
final class Play {
    private static final int MAX_TURNS = 64;
    private static final long WHOLE_MILLIS = 5_000;

    private final byte[] script;
    private int at;
    private long now;
    private final Side beta = new Side("initiator");
    private final Side alpha = new Side("responder");
    private final Initiator initiator = Sides.initiator(Sides.party(Sides.BETA));
    private final Responder responder = new Responder(Sides.party(Sides.ALPHA), 0);

    /** What one side has said and heard. */
    private static final class Side {
        final String name;
        final List<byte[]> said = new ArrayList<>();
        final List<byte[]> heard = new ArrayList<>();
        boolean refused;
        boolean proven;
        boolean established;

        Side(String name) {
            this.name = name;
        }
    }

    Play(byte[] script) {
        this.script = script;
    }

    void run() {
        note(beta, initiator.start());
        for (int turn = 0; turn < MAX_TURNS && at < script.length; turn++) {
            turn(byteAt());
        }
        now += WHOLE_MILLIS + 1;
        toAlpha(new byte[1]);
        toBeta(new byte[1]);
        check(alpha.refused || alpha.established, alpha, "is not over");
        check(beta.refused || beta.established, beta, "is not over");
    }

    private void turn(int act) {
        switch (act % 9) {
            case 0 -> last(beta).ifPresent(this::toAlpha);
            case 1 -> note(alpha, responder.agree(now, Sides.responderSecrets()));
            case 2 -> last(alpha).ifPresent(this::toBeta);
            case 3 -> note(alpha, responder.accept());
            case 4 -> last(beta).map(this::changed).ifPresent(this::toAlpha);
            case 5 -> last(alpha).map(this::changed).ifPresent(this::toBeta);
            case 6 -> toAlpha(invented());
            case 7 -> toBeta(invented());
            default -> now += 20L * byteAt();
        }
    }

    private void toAlpha(byte[] message) {
        alpha.heard.add(message);
        note(alpha, responder.receive(now, message));
    }

    private void toBeta(byte[] message) {
        beta.heard.add(message);
        note(beta, initiator.receive(now, message));
    }

    private void note(Side side, Step step) {
        boolean over = side.refused || side.established;
        check(!over || step instanceof Step.Refused, side, "went on after its end");
        switch (step) {
            case Step.Send(var frame) -> side.said.add(frame);
            case Step.Refused _ -> side.refused = true;
            case Step.Agree _ -> {}
            case Step.Proven _ -> {
                check(intact(1), side, "believed what nobody said");
                side.proven = true;
            }
            case Step.Established(var frame, _, _) -> {
                check(side == beta ? alpha.established : side.proven, side, "ended too early");
                check(intact(side == beta ? 2 : 1), side, "believed what nobody said");
                side.established = true;
                if (frame.length > 0) {
                    side.said.add(frame);
                }
            }
        }
        check(side.said.size() <= 2, side, "said too much");
    }

    /** Whether the responder heard what was said to it, and the initiator so many messages. */
    private boolean intact(int answers) {
        return same(alpha.heard, beta.said, 2) && same(beta.heard, alpha.said, answers);
    }

    private static boolean same(List<byte[]> heard, List<byte[]> said, int count) {
        if (heard.size() < count || said.size() < count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (!Arrays.equals(heard.get(i), said.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static Optional<byte[]> last(Side side) {
        return side.said.isEmpty() ? Optional.empty() : Optional.of(side.said.getLast());
    }

    private byte[] changed(byte[] message) {
        byte[] other = message.clone();
        int place = byteAt() << 8 | byteAt();
        other[place % other.length] ^= (byte) byteAt();
        int cut = byteAt();
        return cut > 240 ? Arrays.copyOf(other, Math.max(1, other.length - (cut - 240))) : other;
    }

    private byte[] invented() {
        int length = Math.min(1 + byteAt() * 16, script.length - at);
        byte[] made = Arrays.copyOfRange(script, at, at + Math.max(1, length));
        at = Math.min(script.length, at + made.length);
        return made;
    }

    private int byteAt() {
        return at < script.length ? script[at++] & 0xff : 0;
    }

    private static void check(boolean holds, Side side, String sentence) {
        if (!holds) {
            throw new AssertionError("the " + side.name + " " + sentence);
        }
    }
}
