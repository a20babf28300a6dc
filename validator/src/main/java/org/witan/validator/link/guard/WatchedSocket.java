package org.witan.validator.link.guard;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.function.IntConsumer;

/**
 * A client's socket that tells what was written.
 *
 * <p>A write that fails is no error: the library would close the socket on it, with the other
 * side's last frames, which say why it hung up, still unread in it. What cannot be written is
 * dropped, and the reader finds the end.
 */
final class WatchedSocket extends Socket {
    private final IntConsumer wrote;
    private final Runnable hungUp;

    /**
     * A socket that is not connected yet.
     *
     * @param wrote told how many bytes left, on the writing thread
     * @param hungUp told once that nothing can be written any more
     */
    WatchedSocket(IntConsumer wrote, Runnable hungUp) {
        this.wrote = wrote;
        this.hungUp = hungUp;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            private boolean broken;

            @Override
            public void write(byte[] bytes, int from, int length) {
                if (broken) {
                    return;
                }
                try {
                    out.write(bytes, from, length);
                    wrote.accept(length);
                } catch (IOException gone) {
                    broken = true;
                    hungUp.run();
                }
            }
        };
    }
}
