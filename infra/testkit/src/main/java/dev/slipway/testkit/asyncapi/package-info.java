/** What is published, held to what is documented. */
@NullMarked
package dev.slipway.testkit.asyncapi;

import org.jspecify.annotations.NullMarked;
