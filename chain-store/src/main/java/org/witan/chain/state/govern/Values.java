package org.witan.chain.state.govern;

import java.util.Optional;
import org.witan.chain.state.StatePath;

/** The values of the network state, as a block's transactions so far have left them. */
public interface Values {
    /** The value at a path, which the caller does not change; empty if there is none. */
    Optional<byte[]> get(StatePath path);

    /** Changes the value at a path; empty removes it. */
    void set(StatePath path, Optional<byte[]> value);
}
