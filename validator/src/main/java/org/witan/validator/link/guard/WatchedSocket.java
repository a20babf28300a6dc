package org.witan.validator.link.guard;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A client's socket that tells its wire what was written. */
final class WatchedSocket extends Socket {
    @Nullable Wire wire;

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
                Wire watching = wire;
                if (watching != null) {
                    watching.wrote(length);
                }
            }
        };
    }
}
