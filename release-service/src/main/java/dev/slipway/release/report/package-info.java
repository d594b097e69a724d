/** What is known after a release: measured before and since, what it cost, what took it longest. */
@NullMarked
package dev.slipway.release.report;

import org.jspecify.annotations.NullMarked;
