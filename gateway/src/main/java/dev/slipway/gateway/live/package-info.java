/** Live traffic: the split as a filter, its tables from Kafka, its samples to Kafka. */
@NullMarked
package dev.slipway.gateway.live;

import org.jspecify.annotations.NullMarked;
