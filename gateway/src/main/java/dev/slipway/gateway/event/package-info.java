/** Reading CloudEvents and CDEvents, without a network. */
@NullMarked
package dev.slipway.gateway.event;

import org.jspecify.annotations.NullMarked;
