/**
 * Readers of benchmarks and load tests, one kind for each tool; all say the same facts and measurements. Pure.
 *
 * <p>What holds for all: units become seconds and a second; a latency is a fact only beside at least one answer that was
 * good and a share of errors, so that a server which refuses everything does not look fast; nothing measured is no evidence;
 * percentiles that fall are refused.
 */
@NullMarked
package dev.slipway.validation.evidence.performance;

import org.jspecify.annotations.NullMarked;
