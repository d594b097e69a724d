/**
 * The release guide as code: what a release of one application must show, and how it goes to production. Its vocabulary
 * ({@code Strategy}, {@code Canary.Assign} and the like) is closed and has no UNKNOWN: these are orders, and an order that a
 * reader does not know is refused (400, or the dead letters) rather than followed half.
 */
@NullMarked
package dev.slipway.contracts.policy;

import org.jspecify.annotations.NullMarked;
