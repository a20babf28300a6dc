package org.witan.validator.sim.world;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.StoreFailed;

/**
 * A ledger of which some read fails, as a database does that finds a checksum which does not hold.
 */
final class SimReads {
    private final LedgerReader proper;
    private final boolean silent;
    private int left = -1;
    private boolean sound;
    private Optional<StatePath> cursed = Optional.empty();

    /**
     * Reads of a ledger.
     *
     * @param silent whether what fails is not told, so that what was asked for is not there
     */
    SimReads(LedgerReader proper, boolean silent) {
        this.proper = proper;
        this.silent = silent;
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
                    if (fails(method, given)) {
                        if (silent) {
                            return Optional.empty();
                        }
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

    /** Only a value of the state is missed in silence: a page or a block that lacks is noticed. */
    private boolean fails(Method method, Object @Nullable [] given) {
        boolean missed =
                method.getName().equals("value")
                        && given != null
                        && !given[0].equals(StatePath.CONFIGURATION);
        boolean spared = sound || silent && !missed;
        return !spared && left >= 0 && left-- == 0;
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
