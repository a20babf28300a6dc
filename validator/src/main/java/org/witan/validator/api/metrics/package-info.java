/**
 * The node's figures in the forms that Prometheus reads.
 *
 * <p>Start at {@link Metrics}. Figures are read off the published snapshot when somebody asks, so
 * they cost nothing while nobody does.
 *
 * <p>Threads: no state. Source: docs/operating/metrics.md.
 */
@NullMarked
package org.witan.validator.api.metrics;

import org.jspecify.annotations.NullMarked;
