/** What tests of all modules share: scenarios, golden traces, rules of the pure core, memory doubles, the platform. */
@NullMarked
package dev.slipway.testkit;

import org.jspecify.annotations.NullMarked;
