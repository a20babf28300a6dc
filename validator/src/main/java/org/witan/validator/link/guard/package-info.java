/**
 * Java-WebSocket, fenced in: what the library must not be allowed to do to this node.
 *
 * <p>Start at {@link GuardedServer} and {@link GuardedClient}; both hand out a {@link Wire}. The
 * facts about the library that each class answers are rules G1 to G12 of docs/protocol/link.md, and
 * each has an attack among the tests. Callbacks of the library only queue.
 */
@NullMarked
package org.witan.validator.link.guard;

import org.jspecify.annotations.NullMarked;
