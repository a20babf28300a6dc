package org.witan.validator.sim.world;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.Optional;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.StoreFailed;

/**
 * A ledger of which some read fails, as a database does that finds a checksum which does not hold.
 */
final class SimReads {
    private final LedgerReader proper;
    private int left = -1;
    private boolean sound;
    private Optional<StatePath> cursed = Optional.empty();

    SimReads(LedgerReader proper) {
        this.proper = proper;
    }

    /** The read after so many others fails, once. */
    void failAfter(int reads) {
        left = reads;
    }

    /** Somebody else than the node looks at what it has: no read of his fails. */
    void soundly(Runnable look) {
        sound = true;
        look.run();
        sound = false;
    }

    /** Whoever reads what stands there finds a mistake in the program. */
    void curse(StatePath path) {
        cursed = Optional.of(path);
    }

    LedgerReader ledger() {
        return (LedgerReader) watched(LedgerReader.class, proper);
    }

    private Object watched(Class<?> type, Object reader) {
        return Proxy.newProxyInstance(
                LedgerReader.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, given) -> {
                    if (!sound && left >= 0 && left-- == 0) {
                        throw new StoreFailed("reading: checksum mismatch");
                    }
                    if (given != null && cursed.filter(given[0]::equals).isPresent()) {
                        throw new IllegalStateException("a planted mistake");
                    }
                    try {
                        return readable(method.invoke(reader, given));
                    } catch (InvocationTargetException e) {
                        throw Objects.requireNonNull(e.getCause());
                    }
                });
    }

    private Object readable(Object found) {
        if (found instanceof StateReader state) {
            return watched(StateReader.class, state);
        }
        if (found instanceof Optional<?> maybe && maybe.orElse(null) instanceof StateReader state) {
            return Optional.of(watched(StateReader.class, state));
        }
        return found;
    }
}
