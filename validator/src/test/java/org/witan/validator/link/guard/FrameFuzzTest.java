package org.witan.validator.link.guard;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.java_websocket.framing.Framedata;
import org.witan.genesis.fuzz.Allocation;
import org.witan.genesis.fuzz.FuzzTarget;

/**
 * The bytes of a WebSocket, cut into frames however they arrive: the same frames, none over the
 * limit, and none after a violation. The first byte says in which portions the others come.
 */
final class FrameFuzzTest extends FuzzTarget {
    @Override
    protected void take(byte[] input) throws Exception {
        if (input.length > 0) {
            byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
            boolean masked = input[0] % 2 == 0;
            int portion = 1 + (input[0] & 0x7f) / 2;
            Allocation.bounded(bytes, () -> compare(bytes, masked, portion));
        }
    }

    private static void compare(byte[] bytes, boolean masked, int portion) {
        List<Framedata> whole = read(bytes, masked, Math.max(1, bytes.length));
        List<Framedata> parts = read(bytes, masked, portion);
        if (whole.size() != parts.size()) {
            throw new AssertionError(whole.size() + " frames at once, in parts " + parts.size());
        }
        for (int i = 0; i < whole.size(); i++) {
            ByteBuffer payload = whole.get(i).getPayloadData();
            boolean same =
                    whole.get(i).getOpcode() == parts.get(i).getOpcode()
                            && payload.equals(parts.get(i).getPayloadData());
            boolean violation = whole.get(i) instanceof FrameReader.Violation;
            if (!same || payload.remaining() > Wire.MAX_FRAME_BYTES) {
                throw new AssertionError("frame " + i + " is another one in parts");
            }
            if (violation && i < whole.size() - 1) {
                throw new AssertionError("a frame after a violation");
            }
        }
    }

    private static List<Framedata> read(byte[] bytes, boolean masked, int portion) {
        FrameReader reader = new FrameReader();
        List<Framedata> frames = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += portion) {
            int length = Math.min(portion, bytes.length - at);
            frames.addAll(reader.read(ByteBuffer.wrap(bytes, at, length), masked));
        }
        return frames;
    }

    @Override
    protected Map<String, byte[]> seeds() {
        byte[] maskedFrame = {
            0, (byte) 0x82, (byte) 0x82, 1, 2, 3, 4, 5, 6, (byte) 0x89, (byte) 0x80
        };
        byte[] plain = {1, (byte) 0x82, 2, 5, 6, (byte) 0x88, 2, 3, (byte) 0xe8};
        byte[] bomb = {1, (byte) 0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0, 9};
        byte[] medium = {3, (byte) 0x82, 126, 0, 126, 1};
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        seeds.put("masked", maskedFrame);
        seeds.put("plain", plain);
        seeds.put("length-bomb", bomb);
        seeds.put("unfinished", medium);
        seeds.put("fragment", new byte[] {1, 2, 1, 9, (byte) 0x80, 1, 9});
        return seeds;
    }
}
