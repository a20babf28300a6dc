/**
 * The process around the core: threads, mailbox, journal, links and API of one validator.
 *
 * <p>Start at {@link ValidatorNode}, then {@link NodeLoop}: take, step, save, send. What another
 * node could hold against us is on disk before anyone sees it. Only this package joins the core
 * with sockets, disk and clock.
 *
 * <p>Threads: see docs/ARCHITECTURE.md. Source: docs/protocol/consensus.md, C11.
 */
@NullMarked
package org.witan.validator.node;

import org.jspecify.annotations.NullMarked;
