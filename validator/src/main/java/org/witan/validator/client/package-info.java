/**
 * A client of the HTTP API for applications: reads, proofs, and writes that are safe to repeat.
 *
 * <p>Start at {@link WitanClient}. It knows several nodes and asks another one when one does not
 * answer. It believes what the nodes say; who must not believe them verifies the proof bundle of
 * {@link WitanClient#proof} with the genesis file.
 *
 * <p>Threads: any; calls block. Source: docs/operating/api.md.
 */
@NullMarked
package org.witan.validator.client;

import org.jspecify.annotations.NullMarked;
