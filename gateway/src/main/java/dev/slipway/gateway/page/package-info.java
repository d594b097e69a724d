/** The page at {@code /}: static files, and what browsers are told about them. */
@NullMarked
package dev.slipway.gateway.page;

import org.jspecify.annotations.NullMarked;
