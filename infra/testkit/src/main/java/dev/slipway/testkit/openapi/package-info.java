/** Describes the services' controllers by springdoc, and holds the committed descriptions to what it finds. */
@NullMarked
package dev.slipway.testkit.openapi;

import org.jspecify.annotations.NullMarked;
