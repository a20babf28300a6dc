package org.witan.genesis.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much memory an input may cost: a fixed amount and a multiple of its own length. */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The fuzzer's own hooks allocate some seven times what the program does. */
    private static final long FIXED_BYTES =
            System.getenv("JAZZER_FUZZ") == null ? 1 << 20 : 8 << 20;

    private static final long PER_BYTE = 256;

    private Allocation() {}

    /** What is done with an input. */
    @FunctionalInterface
    public interface Deed {
        /** Does it, in this thread. */
        void run() throws Exception;
    }

    /** Does it; if that was dear, once more, since classes are loaded only once. */
    public static void bounded(byte[] input, Deed deed) throws Exception {
        long most = FIXED_BYTES + PER_BYTE * input.length;
        if (cost(deed) > most) {
            long again = cost(deed);
            if (again > most) {
                throw new AssertionError(
                        input.length + " bytes of input cost " + again + " bytes of memory");
            }
        }
    }

    private static long cost(Deed deed) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        deed.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
