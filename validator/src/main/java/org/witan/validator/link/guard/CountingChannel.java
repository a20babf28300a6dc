package org.witan.validator.link.guard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/**
 * An accepted socket that reads at most 8 KiB before the upgrade is done, reads nothing while its
 * inbox is full, and tells its wire what was written (G3, G6).
 */
final class CountingChannel implements ByteChannel {
    private static final int UPGRADE_BYTES = 8 << 10;

    private final SocketChannel socket;
    private final ServerWire wire;
    private int upgradeBytes;

    CountingChannel(SocketChannel socket, ServerWire wire) {
        this.socket = socket;
        this.wire = wire;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (wire.pausesReading()) {
            return 0;
        }
        int count = socket.read(target);
        if (count > 0 && !wire.isOpen()) {
            upgradeBytes += count;
            if (upgradeBytes > UPGRADE_BYTES) {
                throw new IOException("too long an upgrade");
            }
        }
        return count;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int count = socket.write(source);
        if (count > 0) {
            wire.wrote(count);
        }
        return count;
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        try {
            socket.close();
        } finally {
            wire.gone();
        }
    }
}
