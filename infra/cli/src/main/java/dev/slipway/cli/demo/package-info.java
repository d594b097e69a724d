/** The demo: a good release, then a bad one that is rolled back. */
@NullMarked
package dev.slipway.cli.demo;

import org.jspecify.annotations.NullMarked;
